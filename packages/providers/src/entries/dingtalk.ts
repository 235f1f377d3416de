import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'dingtalk',
  name: 'DingTalk',
  protocol: 'oauth2',
  domains: ['dingtalk.com'],
  endpoints: {
    authorization: 'https://login.dingtalk.com/oauth2/auth',
    token: 'https://api.dingtalk.com/v1.0/oauth2/userAccessToken',
    userinfo: 'https://api.dingtalk.com/v1.0/contact/users/me',
  },
  scopes: { signIn: ['openid'] },
  authorizeParams: { prompt: 'consent' },
  quirks: ['custom-api-auth-header', 'json-token-body', 'nonstandard-token-fields', 'subject-scoped-to-app'],
  wire: {
    callbackNames: { code: 'authCode' },
    tokenNames: {
      client_id: 'clientId',
      client_secret: 'clientSecret',
      grant_type: 'grantType',
      refresh_token: 'refreshToken',
    },
    tokenMembers: { access_token: 'accessToken', refresh_token: 'refreshToken', expires_in: 'expireIn' },
    headers: { 'x-acs-dingtalk-access-token': '{access_token}' },
    authorizationScheme: 'none',
  },
  identity: { from: 'userinfo', subject: 'openId', name: 'nick', email: 'email', picture: 'avatarUrl' },
  refresh: { issued: 'yes', accessTokenSeconds: 7200, endsUnusedAfterDays: 30 },
  localhost: 'unknown',
  apiHosts: ['api.dingtalk.com'],
  links: {
    console: 'https://open-dev.dingtalk.com/',
    docs: 'https://open.dingtalk.com/document/orgapp/tutorial-obtaining-user-personal-information',
  },
  traps: ['The app needs the permission to read the contact of its users, Contact.User.Read.'],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 1,
    decisions: ['Only openid is asked for; corpid opens a second page, the choice of an organization.'],
  },
}

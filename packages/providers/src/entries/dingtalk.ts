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
  scopes: { signIn: ['openid', 'corpid'] },
  identity: { from: 'userinfo', subject: 'openId', name: 'nick', picture: 'avatarUrl' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {
    docs: 'https://open.dingtalk.com/document/orgapp-server/obtain-identity-credentials',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

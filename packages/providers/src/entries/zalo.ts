import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'zalo',
  name: 'Zalo',
  protocol: 'oauth2',
  domains: ['zalo.me', 'zaloapp.com'],
  endpoints: {
    authorization: 'https://oauth.zaloapp.com/v4/permission',
    token: 'https://oauth.zaloapp.com/v4/access_token',
    userinfo: 'https://graph.zalo.me/v2.0/me?fields=id,name,picture',
  },
  quirks: [
    'no-scope-parameter',
    'nonstandard-token-fields',
    'old-endpoints-in-libraries',
    'pkce-required',
    'subject-scoped-to-app',
  ],
  wire: {
    authorizeNames: { client_id: 'app_id' },
    tokenNames: { client_id: 'app_id' },
    clientSecretHeader: 'secret_key',
    headers: { access_token: '{access_token}' },
    authorizationScheme: 'none',
  },
  identity: { from: 'userinfo', subject: 'id', name: 'name', picture: 'picture.data.url' },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 90000, endsUnusedAfterDays: 90 },
  localhost: 'unknown',
  apiHosts: ['graph.zalo.me'],
  links: {
    console: 'https://developers.zalo.me/apps',
    docs: 'https://developers.zalo.me/docs/social-api/tham-khao/user-access-token-v4',
  },
  traps: [
    'The app has to be activated and its domain verified before others than its developers can use it.',
  ],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 4,
    decisions: ['The fourth version of its OAuth: the third, which the source has, is switched off.'],
  },
}

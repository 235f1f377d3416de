import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'trovo',
  name: 'Trovo',
  protocol: 'oauth2',
  domains: ['trovo.live'],
  endpoints: {
    authorization: 'https://open.trovo.live/page/login.html',
    token: 'https://open-api.trovo.live/openplatform/exchangetoken',
    refresh: 'https://open-api.trovo.live/openplatform/refreshtoken',
    userinfo: 'https://open-api.trovo.live/openplatform/getuserinfo',
  },
  scopes: { separator: '+', signIn: ['user_details_self'] },
  quirks: ['json-token-body', 'nonstandard-token-fields', 'oauth-auth-scheme', 'scope-as-array'],
  wire: { headers: { 'Client-Id': '{client_id}' } },
  identity: {
    from: 'userinfo',
    subject: 'userId',
    name: 'nickName',
    login: 'userName',
    email: 'email',
    picture: 'profilePic',
  },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 14400, endsUnusedAfterDays: 30 },
  localhost: 'unknown',
  apiHosts: ['open-api.trovo.live'],
  links: {
    console: 'https://developer.trovo.live/',
    docs: 'https://developer.trovo.live/docs/APIs.html#_3-authentication',
  },
  traps: ['An app has to be approved before it gets a client id.'],
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

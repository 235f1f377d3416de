import type { Entry } from '../entry.ts'

// TODO derived quirks expected: extra-headers plus-scopes separate-refresh-endpoint
export const entry: Entry = {
  id: 'trovo',
  name: 'Trovo',
  protocol: 'oauth2',
  domains: ['trovo.live'],
  endpoints: {
    authorization: 'https://open.trovo.live/page/login.html',
    token: 'https://open-api.trovo.live/openplatform/exchangetoken',
    userinfo: 'https://open-api.trovo.live/openplatform/getuserinfo',
  },
  scopes: { separator: '+', signIn: ['user_details_self'] },
  quirks: ['json-token-body', 'oauth-auth-scheme'],
  wire: {
    headers: {
      'client-id': '{client_id}',
      'Client-ID': '{client_id}',
    },
  },
  identity: { from: 'userinfo', subject: 'userId', name: 'nickName', email: 'email' },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: { docs: 'https://developer.trovo.live/docs/APIs.html#_3-authentication' },
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

import type { Entry } from '../entry.ts'

// TODO disagreements: [{"field": "scopeSeparator", "values": [{"value": ",", "sources": 1}, {"value": " ", "sources": 1}]}]
// TODO derived quirks expected: callback-error-nonstandard comma-scopes token-in-query-userinfo
export const entry: Entry = {
  id: 'deezer',
  name: 'Deezer',
  protocol: 'oauth2',
  domains: ['deezer.com'],
  endpoints: {
    authorization: 'https://connect.deezer.com/oauth/auth.php',
    token: 'https://connect.deezer.com/oauth/access_token.php',
    userinfo: 'https://api.deezer.com/user/me',
  },
  scopes: { separator: ',' },
  quirks: ['form-encoded-response', 'nonstandard-token-fields', 'state-unsupported'],
  wire: {
    userinfoQuery: {
      access_token: '{access_token}',
    },
  },
  identity: { from: 'userinfo', subject: 'id', name: 'name', email: 'email' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { docs: 'https://developers.deezer.com/api/oauth' },
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}

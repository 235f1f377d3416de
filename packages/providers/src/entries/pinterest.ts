import type { Entry } from '../entry.ts'

// TODO refresh.note: word it anew, set endsAfterDays/endsUnusedAfterDays
// TODO disagreements: [{"field": "authorizationEndpoint", "values": [{"value": "https://www.pinterest.com/oauth", "sources": 2}, {"value": "https://api.pinterest.com/oauth/", "sources": 1}]}, {"field": "tokenEndpoint", "values": [{"value": "https://api.pinterest.com/v5/oauth/token", "sources": 1}, {"value": "https://api.pinterest.com/v1/oauth/token", "sources": 2}]}]
// TODO derived quirks expected: comma-scopes no-email
export const entry: Entry = {
  id: 'pinterest',
  name: 'Pinterest',
  protocol: 'oauth2',
  domains: ['pinterest.com'],
  endpoints: {
    authorization: 'https://www.pinterest.com/oauth/',
    token: 'https://api.pinterest.com/v5/oauth/token',
    userinfo: 'https://api.pinterest.com/v5/user_account',
  },
  clientAuthentication: 'basic',
  scopes: { separator: ',', signIn: ['user_accounts:read'] },
  quirks: ['api-version-in-url', 'expiry-opt-in-param'],
  wire: {
    tokenExtra: {
      continuous_refresh: 'true',
    },
  },
  identity: { from: 'userinfo', subject: 'id', name: 'username', picture: 'profile_image' },
  refresh: {
    issued: 'yes',
    accessTokenSeconds: 2592000,
    note: '60 days (continuous) or 365 days (legacy); with continuous refresh each refresh returns a new 60-day refresh token; legacy tokens live one year and do not rotate',
  },
  localhost: 'allowed',
  links: {
    docs: 'https://developers.pinterest.com/docs/getting-started/set-up-authentication-and-authorization/',
    console: 'https://developers.pinterest.com/apps/',
  },
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 3,
    urls: ['https://developers.pinterest.com/docs/getting-started/set-up-authentication-and-authorization/'],
  },
}

import type { Entry } from '../entry.ts'

// TODO refresh.note: word it anew, set endsAfterDays/endsUnusedAfterDays
// TODO disagreements: [{"field": "authorizationEndpoint", "values": [{"value": "https://account.box.com/api/oauth2/authorize", "sources": 4}, {"value": "https://api.box.com/oauth2/authorize", "sources": 1}]}]
// TODO derived quirks expected: rotating-refresh-token
export const entry: Entry = {
  id: 'box',
  name: 'Box',
  protocol: 'oauth2',
  domains: ['box.com'],
  endpoints: {
    authorization: 'https://account.box.com/api/oauth2/authorize',
    token: 'https://api.box.com/oauth2/token',
    userinfo: 'https://api.box.com/2.0/users/me',
    revocation: 'https://api.box.com/oauth2/revoke',
  },
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: 'name',
    email: 'login',
    picture: 'avatar_url',
  },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 3600, note: '60 days' },
  localhost: 'allowed',
  links: {
    docs: 'https://developer.box.com/guides/authentication/oauth2/',
    console: 'https://app.box.com/developers/console',
  },
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 5,
    urls: ['https://developer.box.com/guides/authentication/tokens/refresh'],
  },
}

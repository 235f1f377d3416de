import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'sellsy',
  name: 'Sellsy',
  protocol: 'oauth2',
  domains: ['sellsy.com'],
  endpoints: {
    authorization: 'https://login.sellsy.com/oauth2/authorization',
    token: 'https://login.sellsy.com/oauth2/access-tokens',
    userinfo: 'https://api.sellsy.com/v2/staffs/me',
  },
  quirks: ['pkce-required'],
  identity: { from: 'userinfo', subject: 'id', name: ['firstname', 'lastname'], email: 'email' },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 3600 },
  localhost: 'unknown',
  apiHosts: ['api.sellsy.com'],
  links: { docs: 'https://api.sellsy.com/doc/v2/' },
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 2,
    decisions: [
      "The second version of its API, with OAuth 2.0: the first one's OAuth 1.0a is on its way out.",
    ],
  },
}

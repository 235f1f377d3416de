import type { Entry } from '../entry.ts'

// TODO refresh.note: word it anew, set endsAfterDays/endsUnusedAfterDays
// TODO disagreements: [{"field": "userinfoEndpoint", "values": [{"value": "https://api-ssl.bitly.com/v4/user", "sources": 2}, {"value": "https://api-ssl.bitly.com/v3/user/info", "sources": 1}]}]
// TODO derived quirks expected: callback-error-nonstandard
export const entry: Entry = {
  id: 'bitly',
  name: 'Bitly',
  protocol: 'oauth2',
  domains: ['bitly.com'],
  endpoints: {
    authorization: 'https://bitly.com/oauth/authorize',
    token: 'https://api-ssl.bitly.com/oauth/access_token',
    userinfo: 'https://api-ssl.bitly.com/v4/user',
  },
  identity: {
    from: 'userinfo',
    subject: 'data.login',
    name: 'data.full_name',
    picture: 'data.profile_image',
  },
  refresh: { issued: 'no', note: '(per openiddict grant list)' },
  localhost: 'unknown',
  links: { docs: 'https://dev.bitly.com/docs/getting-started/authentication/' },
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}

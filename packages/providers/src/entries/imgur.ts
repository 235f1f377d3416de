import type { Entry } from '../entry.ts'

// TODO disagreements: [{"field": "userinfoEndpoint", "values": [{"value": "https://api.imgur.com/3/account/me", "sources": 1}, {"value": "https://api.imgur.com/3/account/me.json", "sources": 1}]}]
export const entry: Entry = {
  id: 'imgur',
  name: 'Imgur',
  protocol: 'oauth2',
  domains: ['imgur.com'],
  endpoints: {
    authorization: 'https://api.imgur.com/oauth2/authorize',
    token: 'https://api.imgur.com/oauth2/token',
    userinfo: 'https://api.imgur.com/3/account/me',
  },
  identity: { from: 'userinfo', subject: 'id', name: 'url' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

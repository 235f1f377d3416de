import type { Entry } from '../entry.ts'

// TODO disagreements: [{"field": "authorizationEndpoint", "values": [{"value": "https://api.dailymotion.com/oauth/authorize", "sources": 1}, {"value": "https://www.dailymotion.com/oauth/authorize", "sources": 1}]}]
export const entry: Entry = {
  id: 'dailymotion',
  name: 'Dailymotion',
  protocol: 'oauth2',
  domains: ['dailymotion.com'],
  endpoints: {
    authorization: 'https://api.dailymotion.com/oauth/authorize',
    token: 'https://api.dailymotion.com/oauth/token',
    userinfo: 'https://api.dailymotion.com/user/me',
  },
  quirks: ['nonstandard-token-fields'],
  identity: { from: 'userinfo', subject: 'id' },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: {
    docs: 'https://developers.dailymotion.com/guides/platform-api-authentication/',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

import type { Entry } from '../entry.ts'

// TODO disagreements: [{"field": "authorizationEndpoint", "values": [{"value": "https://www.yammer.com/oauth2/authorize", "sources": 1}, {"value": "https://www.yammer.com/dialog/oauth", "sources": 1}]}, {"field": "tokenEndpoint", "values": [{"value": "https://www.yammer.com/oauth2/access_token", "sources": 1}, {"value": "https://www.yammer.com/oauth2/access_token.json", "sources": 1}]}]
export const entry: Entry = {
  id: 'yammer',
  name: 'Yammer',
  protocol: 'oauth2',
  domains: ['yammer.com'],
  endpoints: {
    authorization: 'https://www.yammer.com/oauth2/authorize',
    token: 'https://www.yammer.com/oauth2/access_token',
    userinfo: 'https://www.yammer.com/api/v1/users/current.json',
  },
  identity: { from: 'userinfo', subject: 'id', name: 'name', email: 'email' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

import type { Entry } from '../entry.ts'

// TODO disagreements: [{"field": "tokenEndpoint", "values": [{"value": "https://streamlabs.com/api/v2.0/token", "sources": 1}, {"value": "https://streamlabs.com/api/v1.0/token", "sources": 1}]}, {"field": "userinfoEndpoint", "values": [{"value": "https://streamlabs.com/api/v2.0/user", "sources": 1}, {"value": "https://streamlabs.com/api/v1.0/user", "sources": 1}]}]
export const entry: Entry = {
  id: 'streamlabs',
  name: 'Streamlabs',
  protocol: 'oauth2',
  domains: ['streamlabs.com'],
  endpoints: {
    authorization: 'https://streamlabs.com/api/v2.0/authorize',
    token: 'https://streamlabs.com/api/v2.0/token',
    userinfo: 'https://streamlabs.com/api/v2.0/user',
  },
  identity: { from: 'userinfo', subject: 'streamlabs.id', name: 'streamlabs.username' },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: { docs: 'https://dev.streamlabs.com/docs/oauth-2' },
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

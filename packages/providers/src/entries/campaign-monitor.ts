import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'campaign-monitor',
  name: 'Campaign Monitor',
  protocol: 'oauth2',
  domains: ['createsend.com'],
  endpoints: {
    authorization: 'https://api.createsend.com/oauth',
    token: 'https://api.createsend.com/oauth/token',
    userinfo: 'https://api.createsend.com/api/v3.1/clients.json',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'producthunt',
  name: 'Producthunt',
  protocol: 'oauth2',
  domains: ['producthunt.com'],
  endpoints: {
    authorization: 'https://api.producthunt.com/v1/oauth/authorize',
    token: 'https://api.producthunt.com/v1/oauth/token',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

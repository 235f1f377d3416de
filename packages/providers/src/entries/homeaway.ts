import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'homeaway',
  name: 'Homeaway',
  protocol: 'oauth2',
  domains: ['homeaway.com'],
  endpoints: {
    authorization: 'https://ws.homeaway.com/oauth/authorize',
    token: 'https://ws.homeaway.com/oauth/token',
  },
  clientAuthentication: 'basic',
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

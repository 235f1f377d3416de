import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'jamendo',
  name: 'Jamendo',
  protocol: 'oauth2',
  domains: ['jamendo.com'],
  endpoints: {
    authorization: 'https://api.jamendo.com/v3.0/oauth/authorize',
    token: 'https://api.jamendo.com/v3.0/oauth/grant',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

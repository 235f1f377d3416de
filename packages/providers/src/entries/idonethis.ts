import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'idonethis',
  name: 'Idonethis',
  protocol: 'oauth2',
  domains: ['idonethis.com'],
  endpoints: {
    authorization: 'https://idonethis.com/api/oauth2/authorize/',
    token: 'https://idonethis.com/api/oauth2/token/',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

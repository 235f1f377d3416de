import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'hootsuite',
  name: 'Hootsuite',
  protocol: 'oauth2',
  domains: ['hootsuite.com'],
  endpoints: {
    authorization: 'https://platform.hootsuite.com/oauth2/auth',
    token: 'https://platform.hootsuite.com/oauth2/token',
  },
  clientAuthentication: 'basic',
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

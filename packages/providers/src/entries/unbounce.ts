import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'unbounce',
  name: 'Unbounce',
  protocol: 'oauth2',
  domains: ['unbounce.com'],
  endpoints: {
    authorization: 'https://api.unbounce.com/oauth/authorize',
    token: 'https://api.unbounce.com/oauth/token',
    userinfo: 'https://api.unbounce.com/users/self',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

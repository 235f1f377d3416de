import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'slice',
  name: 'Slice',
  protocol: 'oauth2',
  domains: ['slice.com'],
  endpoints: {
    authorization: 'https://api.slice.com/oauth/authorize',
    token: 'https://api.slice.com/oauth/token',
    userinfo: 'https://api.slice.com/api/v1/users/self',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

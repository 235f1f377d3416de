import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'eyeem',
  name: 'Eyeem',
  protocol: 'oauth2',
  domains: ['eyeem.com'],
  endpoints: {
    authorization: 'https://www.eyeem.com/oauth/authorize',
    token: 'https://api.eyeem.com/v2/oauth/token',
    userinfo: 'https://api.eyeem.com/v2/users/me',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'iconfinder',
  name: 'Iconfinder',
  protocol: 'oauth2',
  domains: ['iconfinder.com'],
  endpoints: {
    authorization: 'https://www.iconfinder.com/api/v2/oauth2/authorize',
    token: 'https://www.iconfinder.com/api/v2/oauth2/token',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

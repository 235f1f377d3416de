import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'redbooth',
  name: 'Redbooth',
  protocol: 'oauth2',
  domains: ['redbooth.com'],
  endpoints: {
    authorization: 'https://redbooth.com/oauth2/authorize',
    token: 'https://redbooth.com/oauth2/token',
    userinfo: 'https://redbooth.com/api/3/me',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'gitbook',
  name: 'Gitbook',
  protocol: 'oauth2',
  domains: ['gitbook.com'],
  endpoints: {
    authorization: 'https://api.gitbook.com/oauth/authorize',
    token: 'https://api.gitbook.com/oauth/access_token',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'genius',
  name: 'Genius',
  protocol: 'oauth2',
  domains: ['genius.com'],
  endpoints: {
    authorization: 'https://api.genius.com/oauth/authorize',
    token: 'https://api.genius.com/oauth/token',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

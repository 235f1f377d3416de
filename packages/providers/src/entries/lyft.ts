import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'lyft',
  name: 'Lyft',
  protocol: 'oauth2',
  domains: ['lyft.com'],
  endpoints: {
    authorization: 'https://api.lyft.com/oauth/authorize',
    token: 'https://api.lyft.com/oauth/token',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'nylas',
  name: 'Nylas',
  protocol: 'oauth2',
  domains: ['nylas.com'],
  endpoints: {
    authorization: 'https://api.nylas.com/oauth/authorize',
    token: 'https://api.nylas.com/oauth/token',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

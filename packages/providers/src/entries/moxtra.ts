import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'moxtra',
  name: 'Moxtra',
  protocol: 'oauth2',
  domains: ['moxtra.com'],
  endpoints: {
    authorization: 'https://api.moxtra.com/oauth/authorize',
    token: 'https://api.moxtra.com/oauth/token',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

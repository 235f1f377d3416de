import type { Entry } from '../entry.ts'

// TODO subject? profile={}
// TODO derived quirks expected: plus-scopes
export const entry: Entry = {
  id: 'unsplash',
  name: 'Unsplash',
  protocol: 'oauth2',
  domains: ['unsplash.com'],
  endpoints: {
    authorization: 'https://unsplash.com/oauth/authorize',
    token: 'https://unsplash.com/oauth/token',
  },
  scopes: { separator: '+' },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

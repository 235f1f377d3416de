import type { Entry } from '../entry.ts'

// TODO subject? profile={}
// TODO derived quirks expected: scope-param-renamed
export const entry: Entry = {
  id: 'optimizely',
  name: 'Optimizely',
  protocol: 'oauth2',
  domains: ['optimizely.com'],
  endpoints: {
    authorization: 'https://app.optimizely.com/oauth2/authorize',
    token: 'https://app.optimizely.com/oauth2/token',
  },
  wire: {
    authorizeNames: {
      scope: 'scopes',
    },
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

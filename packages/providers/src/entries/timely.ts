import type { Entry } from '../entry.ts'

// TODO subject? profile={}
// TODO derived quirks expected: pkce-disabled-by-source
export const entry: Entry = {
  id: 'timely',
  name: 'Timely',
  protocol: 'oauth2',
  domains: ['timelyapp.com'],
  endpoints: {
    authorization: 'https://api.timelyapp.com/1.1/oauth/authorize',
    token: 'https://api.timelyapp.com/1.1/oauth/token',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

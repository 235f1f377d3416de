import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'venmo',
  name: 'Venmo',
  protocol: 'oauth2',
  domains: ['venmo.com'],
  endpoints: {
    authorization: 'https://api.venmo.com/v1/oauth/authorize',
    token: 'https://api.venmo.com/v1/oauth/access_token',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

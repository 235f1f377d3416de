import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'jumplead',
  name: 'Jumplead',
  protocol: 'oauth2',
  domains: ['mooloop.com'],
  endpoints: {
    authorization: 'https://account.mooloop.com/oauth/authorize',
    token: 'https://account.mooloop.com/oauth/access_token',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

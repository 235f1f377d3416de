import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'weekdone',
  name: 'Weekdone',
  protocol: 'oauth2',
  domains: ['weekdone.com'],
  endpoints: {
    authorization: 'https://weekdone.com/oauth_authorize',
    token: 'https://weekdone.com/oauth_token',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

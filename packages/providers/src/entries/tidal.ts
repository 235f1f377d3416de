import type { Entry } from '../entry.ts'

// TODO subject? profile={}
// TODO refresh.note: word it anew, set endsAfterDays/endsUnusedAfterDays
export const entry: Entry = {
  id: 'tidal',
  name: 'Tidal',
  protocol: 'oauth2',
  domains: ['tidal.com'],
  endpoints: { token: 'https://auth.tidal.com/v1/oauth2/token' },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'no', note: '(per openiddict grant list)' },
  localhost: 'unknown',
  links: {
    docs: 'https://developer.tidal.com/documentation/authorization/authorization-overview',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

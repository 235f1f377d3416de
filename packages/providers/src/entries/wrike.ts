import type { Entry } from '../entry.ts'

// TODO subject? profile={}
// TODO derived quirks expected: comma-scopes tenant-in-token-response
export const entry: Entry = {
  id: 'wrike',
  name: 'Wrike',
  protocol: 'oauth2',
  domains: ['wrike.com'],
  endpoints: {
    authorization: 'https://login.wrike.com/oauth2/authorize/v4',
    token: 'https://login.wrike.com/oauth2/token',
  },
  scopes: { separator: ',' },
  wire: { keepFromToken: ['host'] },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'familysearch',
  name: 'Familysearch',
  protocol: 'oauth2',
  domains: ['familysearch.org'],
  endpoints: {
    authorization: 'https://ident.familysearch.org/cis-web/oauth2/v3/authorization',
    token: 'https://ident.familysearch.org/cis-web/oauth2/v3/token',
    userinfo: 'https://api.familysearch.org/platform/users/current',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

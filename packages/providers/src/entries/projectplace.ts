import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'projectplace',
  name: 'Projectplace',
  protocol: 'oauth2',
  domains: ['projectplace.com'],
  endpoints: {
    authorization: 'https://api.projectplace.com/oauth2/authorize',
    token: 'https://api.projectplace.com/oauth2/access_token',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

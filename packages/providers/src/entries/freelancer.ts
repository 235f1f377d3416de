import type { Entry } from '../entry.ts'

// TODO subject? profile={}
// TODO derived quirks expected: scope-param-renamed
export const entry: Entry = {
  id: 'freelancer',
  name: 'Freelancer',
  protocol: 'oauth2',
  domains: ['freelancer.com'],
  endpoints: {
    authorization: 'https://accounts.freelancer.com/oauth/authorize',
    token: 'https://accounts.freelancer.com/oauth/token',
  },
  wire: {
    authorizeNames: {
      scope: 'advanced_scopes',
    },
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

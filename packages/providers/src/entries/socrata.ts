import type { Entry } from '../entry.ts'

// TODO subject? profile={}
// TODO derived quirks expected: tenant-subdomain
export const entry: Entry = {
  id: 'socrata',
  name: 'Socrata',
  protocol: 'oauth2',
  domains: [],
  tenant: {
    subdomain: {
      description: 'TODO',
      example: 'acme',
      kind: 'label',
    },
  },
  endpoints: {
    authorization: 'https://{subdomain}/oauth/authorize',
    token: 'https://{subdomain}/oauth/access_token',
    userinfo: 'https://{subdomain}/api/users/current.json',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

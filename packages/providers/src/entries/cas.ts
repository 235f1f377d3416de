import type { Entry } from '../entry.ts'

// TODO subject? profile={}
// TODO derived quirks expected: tenant-subdomain
export const entry: Entry = {
  id: 'cas',
  name: 'Apereo CAS',
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
    authorization: 'https://{subdomain}/oidc/authorize',
    token: 'https://{subdomain}/oidc/token',
    userinfo: 'https://{subdomain}/oidc/profile',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

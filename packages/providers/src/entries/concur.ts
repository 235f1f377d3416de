import type { Entry } from '../entry.ts'

// TODO subject? profile={}
// TODO derived quirks expected: tenant-subdomain
export const entry: Entry = {
  id: 'concur',
  name: 'Concur',
  protocol: 'oauth2',
  domains: ['concursolutions.com'],
  tenant: {
    subdomain: {
      description: 'TODO',
      example: 'acme',
      kind: 'label',
    },
  },
  endpoints: {
    authorization: 'https://{subdomain}.api.concursolutions.com/oauth2/v0/authorize',
    token: 'https://{subdomain}.api.concursolutions.com/oauth2/v0/token',
    userinfo: 'https://{subdomain}.api.concursolutions.com/api/user/v1.0/user',
  },
  quirks: ['token-params-in-query'],
  wire: { tokenOmits: ['grant_type', 'redirect_uri'] },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

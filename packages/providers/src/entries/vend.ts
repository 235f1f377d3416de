import type { Entry } from '../entry.ts'

// TODO subject? profile={}
// TODO derived quirks expected: tenant-subdomain
export const entry: Entry = {
  id: 'vend',
  name: 'Vend',
  protocol: 'oauth2',
  domains: ['vendhq.com'],
  tenant: {
    subdomain: {
      description: 'TODO',
      example: 'acme',
      kind: 'label',
    },
  },
  endpoints: {
    authorization: 'https://secure.vendhq.com/connect',
    token: 'https://{subdomain}.vendhq.com/api/1.0/token',
    userinfo: 'https://{subdomain}.vendhq.com/api/users',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

import type { Entry } from '../entry.ts'

// TODO subject? profile={}
// TODO derived quirks expected: tenant-subdomain
export const entry: Entry = {
  id: 'crossid',
  name: 'Crossid',
  protocol: 'oauth2',
  domains: ['crossid.io'],
  tenant: {
    subdomain: {
      description: 'TODO',
      example: 'acme',
      kind: 'label',
    },
  },
  endpoints: {
    authorization: 'https://{subdomain}.crossid.io/oauth2/auth',
    token: 'https://{subdomain}.crossid.io/oauth2/token',
    userinfo: 'https://{subdomain}.crossid.io/oauth2/userinfo',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

import type { Entry } from '../entry.ts'

// TODO subject? profile={}
// TODO derived quirks expected: tenant-subdomain
export const entry: Entry = {
  id: 'egnyte',
  name: 'Egnyte',
  protocol: 'oauth2',
  domains: ['egnyte.com'],
  tenant: {
    subdomain: {
      description: 'TODO',
      example: 'domain',
      kind: 'label',
      pattern: '[a-z0-9_-]+',
    },
  },
  endpoints: {
    authorization: 'https://{subdomain}.egnyte.com/puboauth/token',
    token: 'https://{subdomain}.egnyte.com/puboauth/token',
    userinfo: 'https://{subdomain}.egnyte.com/puboauth/v1/userinfo',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

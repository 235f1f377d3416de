import type { Entry } from '../entry.ts'

// TODO subject? profile={}
// TODO derived quirks expected: tenant-subdomain
export const entry: Entry = {
  id: 'aha',
  name: 'Aha',
  protocol: 'oauth2',
  domains: ['aha.io'],
  tenant: {
    subdomain: {
      description: 'TODO',
      example: 'acme',
      kind: 'label',
    },
  },
  endpoints: {
    authorization: 'https://{subdomain}.aha.io/oauth/authorize',
    token: 'https://{subdomain}.aha.io/oauth/token',
    userinfo: 'https://{subdomain}.aha.io/api/v1/me',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

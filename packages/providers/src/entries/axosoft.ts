import type { Entry } from '../entry.ts'

// TODO subject? profile={}
// TODO derived quirks expected: tenant-subdomain
export const entry: Entry = {
  id: 'axosoft',
  name: 'Axosoft',
  protocol: 'oauth2',
  domains: ['axosoft.com'],
  tenant: {
    subdomain: {
      description: 'TODO',
      example: 'acme',
      kind: 'label',
    },
  },
  endpoints: {
    authorization: 'https://{subdomain}.axosoft.com/auth',
    token: 'https://{subdomain}.axosoft.com/api/oauth2/token',
    userinfo: 'https://{subdomain}.axosoft.com/api/v5/me',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

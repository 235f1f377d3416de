import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'uber',
  name: 'Uber',
  protocol: 'oauth2',
  domains: ['uber.com'],
  tenant: {
    subdomain: {
      description: 'TODO',
      example: 'acme',
      kind: 'label',
    },
  },
  endpoints: {
    authorization: 'https://login.uber.com/oauth/v2/authorize',
    token: 'https://login.uber.com/oauth/v2/token',
    userinfo: 'https://{subdomain}.uber.com/v1/me',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'deputy',
  name: 'Deputy',
  protocol: 'oauth2',
  domains: ['deputy.com'],
  tenant: {
    subdomain: {
      description: 'TODO',
      example: 'acme',
      kind: 'label',
    },
  },
  endpoints: {
    authorization: 'https://once.deputy.com/my/oauth/login',
    token: 'https://once.deputy.com/my/oauth/access_token',
    userinfo: 'https://{subdomain}.deputy.com/api/v1/me',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

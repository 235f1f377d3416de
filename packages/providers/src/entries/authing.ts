import type { Entry } from '../entry.ts'

// TODO subject? profile={}
// TODO derived quirks expected: tenant-subdomain
export const entry: Entry = {
  id: 'authing',
  name: 'Authing',
  protocol: 'oauth2',
  domains: ['authing.cn'],
  tenant: {
    subdomain: {
      description: 'TODO',
      example: 'acme',
      kind: 'label',
    },
  },
  endpoints: {
    authorization: 'https://{subdomain}.authing.cn/oidc/auth',
    token: 'https://{subdomain}.authing.cn/oidc/token',
    userinfo: 'https://{subdomain}.authing.cn/oidc/me',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

import type { Entry } from '../entry.ts'

// TODO derived quirks expected: tenant-subdomain
export const entry: Entry = {
  id: 'onelogin',
  name: 'OneLogin',
  protocol: 'oidc',
  domains: ['onelogin.com'],
  tenant: {
    subdomain: {
      description: 'TODO',
      example: 'acme',
      kind: 'label',
    },
  },
  issuer: 'https://{subdomain}.onelogin.com/oidc/2',
  endpoints: {
    authorization: 'https://{subdomain}.onelogin.com/oidc/auth',
    token: 'https://{subdomain}.onelogin.com/oidc/token',
    discovery: '{issuer}/oidc/2/.well-known/openid-configuration',
  },
  scopes: { signIn: ['openid', 'profile', 'email'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { docs: 'https://example.com' },
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

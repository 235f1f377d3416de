import type { Entry } from '../entry.ts'

// TODO derived quirks expected: self-hosted-host
export const entry: Entry = {
  id: 'zitadel',
  name: 'ZITADEL',
  protocol: 'oidc',
  domains: [],
  tenant: {
    issuer: { description: 'TODO', example: 'https://login.example.com', kind: 'url' },
  },
  issuer: '{issuer}',
  endpoints: {},
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'profile', 'email'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { docs: 'https://zitadel.com/docs/apis/openidoauth/endpoints' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

import type { Entry } from '../entry.ts'

// TODO derived quirks expected: self-hosted-host
export const entry: Entry = {
  id: 'boxyhq-saml',
  name: 'BoxyHQ SAML',
  protocol: 'oidc',
  domains: [],
  tenant: {
    issuer: { description: 'TODO', example: 'https://login.example.com', kind: 'url' },
  },
  issuer: '{issuer}',
  endpoints: {},
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'profile', 'email'] },
  authorizeParams: { provider: 'saml' },
  identity: { from: 'id-token' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { docs: 'https://boxyhq.com/docs/jackson/overview' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

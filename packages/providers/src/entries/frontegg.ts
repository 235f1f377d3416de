import type { Entry } from '../entry.ts'

// TODO derived quirks expected: self-hosted-host
export const entry: Entry = {
  id: 'frontegg',
  name: 'Frontegg',
  protocol: 'oidc',
  domains: [],
  tenant: {
    issuer: { description: 'TODO', example: 'https://login.example.com', kind: 'url' },
  },
  issuer: '{issuer}',
  endpoints: { discovery: '{issuer}/oauth/.well-known/openid-configuration' },
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'profile', 'email'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {
    docs: 'https://docs.frontegg.com/docs/how-to-use-our-docs',
    console: 'https://portal.frontegg.com',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

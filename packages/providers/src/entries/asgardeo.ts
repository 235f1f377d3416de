import type { Entry } from '../entry.ts'

// TODO derived quirks expected: self-hosted-host
export const entry: Entry = {
  id: 'asgardeo',
  name: 'Asgardeo',
  protocol: 'oidc',
  domains: [],
  tenant: {
    issuer: { description: 'TODO', example: 'https://login.example.com', kind: 'url' },
  },
  issuer: '{issuer}',
  endpoints: { discovery: '{issuer}/oauth2/token/.well-known/openid-configuration' },
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'profile', 'email'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {
    docs: 'https://wso2.com/asgardeo/docs/guides/authentication',
    console: 'https://console.asgardeo.io',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

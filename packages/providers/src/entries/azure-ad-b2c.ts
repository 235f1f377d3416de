import type { Entry } from '../entry.ts'

// TODO derived quirks expected: self-hosted-host
export const entry: Entry = {
  id: 'azure-ad-b2c',
  name: 'Azure AD B2C',
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
  links: {
    docs: 'https://learn.microsoft.com/en-us/azure/active-directory-b2c',
    console: 'https://docs.microsoft.com/en-us/azure/active-directory-b2c/tutorial-create-tenant',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'adfs',
  name: 'Active Directory Federation Services',
  protocol: 'oidc',
  domains: [],
  tenant: {
    issuer: {
      description: 'TODO',
      example: 'acme',
      kind: 'url',
    },
  },
  issuer: '{issuer}',
  endpoints: {},
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'profile', 'email'] },
  quirks: ['audience-param'],
  identity: { from: 'id-token' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {
    docs: 'https://learn.microsoft.com/en-us/windows-server/identity/ad-fs/overview/ad-fs-openid-connect-oauth-flows-scenarios',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

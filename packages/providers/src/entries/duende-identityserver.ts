import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'duende-identityserver',
  name: 'Duende IdentityServer',
  protocol: 'oidc',
  domains: [],
  tenant: {
    issuer: {
      description: 'The address of the identity server',
      example: 'https://identity.example.com',
      kind: 'url',
    },
  },
  issuer: '{issuer}',
  endpoints: {},
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'profile', 'email'], connect: ['openid', 'offline_access'] },
  identity: { from: 'id-token' },
  refresh: {
    issued: 'conditional',
    note: 'It takes the scope offline_access, which the client must be allowed, and the client decides whether it rotates.',
  },
  localhost: 'allowed',
  links: { docs: 'https://docs.duendesoftware.com/identityserver/' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

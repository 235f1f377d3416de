import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'identityserver4',
  name: 'IdentityServer4',
  protocol: 'oidc',
  domains: [],
  tenant: {
    issuer: {
      description: 'Address of the installation, exactly as its discovery document says it',
      example: 'https://login.example.com',
      kind: 'url',
    },
  },
  issuer: '{issuer}',
  endpoints: {},
  clientAuthentication: 'basic',
  scopes: {
    signIn: ['openid', 'profile', 'email'],
    connect: ['openid', 'profile', 'email', 'offline_access'],
  },
  identity: { from: 'id-token' },
  refresh: {
    issued: 'conditional',
    rotates: true,
    accessTokenSeconds: 3600,
    endsAfterDays: 30,
    note: 'For clients with AllowOfflineAccess; the rest are defaults of a client.',
  },
  localhost: 'allowed',
  links: { docs: 'https://identityserver4.readthedocs.io/en/latest/' },
  ending:
    'IdentityServer4 has had no security fixes since December 2022; Duende IdentityServer took its place.',
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

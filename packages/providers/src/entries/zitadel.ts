import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'zitadel',
  name: 'ZITADEL',
  protocol: 'oidc',
  domains: [],
  tenant: {
    issuer: {
      description: 'The address of the instance, in the cloud or of your own',
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
    note: 'Only with the scope offline_access, and where the app has the grant type for it.',
  },
  localhost: 'allowed',
  links: { docs: 'https://zitadel.com/docs/apis/openidoauth/endpoints' },
  traps: [
    'http://localhost is accepted in an app that is in development mode.',
    'Profile and e-mail address come from userinfo unless the app asserts them in the ID token, too.',
  ],
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

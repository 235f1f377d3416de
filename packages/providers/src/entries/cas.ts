import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'cas',
  name: 'Apereo CAS',
  protocol: 'oidc',
  domains: [],
  tenant: {
    issuer: {
      description: 'The OpenID Connect issuer of the installation',
      example: 'https://sso.example.org/cas/oidc',
      kind: 'url',
    },
  },
  issuer: '{issuer}',
  endpoints: {},
  scopes: { signIn: ['openid', 'profile', 'email'] },
  identity: { from: 'id-token' },
  refresh: {
    issued: 'conditional',
    note: 'The registered service decides whether refresh tokens are generated.',
  },
  localhost: 'unknown',
  links: { docs: 'https://apereo.github.io/cas/' },
  traps: [
    'The subject is the principal of CAS, by default the login name; have the service release an attribute that never changes.',
    'The OpenID Connect module has to be added when CAS is built.',
  ],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 1,
    decisions: ['Discovery replaces the endpoints of the source, which had no path for the web application.'],
  },
}

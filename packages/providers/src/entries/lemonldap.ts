import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'lemonldap',
  name: 'LemonLDAP::NG',
  protocol: 'oauth2',
  domains: [],
  tenant: {
    url: {
      description: 'Address of the portal',
      example: 'https://auth.example.com',
      kind: 'url',
    },
  },
  endpoints: {
    authorization: '{url}/oauth2/authorize',
    token: '{url}/oauth2/token',
    userinfo: '{url}/oauth2/userinfo',
    introspection: '{url}/oauth2/introspect',
  },
  scopes: {
    signIn: ['openid', 'profile', 'email'],
    connect: ['openid', 'profile', 'email', 'offline_access'],
  },
  identity: {
    from: 'userinfo',
    subject: 'sub',
    name: 'name',
    email: 'email',
    picture: 'picture',
  },
  refresh: {
    issued: 'conditional',
    note: 'Where the relying party allows refresh tokens, or with offline_access.',
  },
  localhost: 'allowed',
  links: { docs: 'https://lemonldap-ng.org/documentation/latest/idpopenidconnect.html' },
  traps: [
    'Unless the relying party names a user attribute sub is the login name: choose one that is never given out again.',
  ],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 1,
    decisions: ["The source reads id, which OpenID Connect does not have; sub is the standard's claim."],
  },
}

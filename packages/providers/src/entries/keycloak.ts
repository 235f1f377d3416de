import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'keycloak',
  name: 'Keycloak',
  protocol: 'oidc',
  domains: [],
  tenant: {
    url: {
      description: 'Address of Keycloak; versions before 17 and some later ones have /auth at its end',
      example: 'https://sso.example.com',
      kind: 'url',
    },
    realm: { description: 'Name of the realm', example: 'acme', kind: 'segment' },
  },
  issuer: '{url}/realms/{realm}',
  endpoints: {
    authorization: '{url}/realms/{realm}/protocol/openid-connect/auth',
    token: '{url}/realms/{realm}/protocol/openid-connect/token',
    userinfo: '{url}/realms/{realm}/protocol/openid-connect/userinfo',
    revocation: '{url}/realms/{realm}/protocol/openid-connect/revoke',
    introspection: '{url}/realms/{realm}/protocol/openid-connect/token/introspect',
  },
  clientAuthentication: 'basic',
  scopes: {
    signIn: ['openid', 'profile', 'email'],
    connect: ['openid', 'profile', 'email', 'offline_access'],
  },
  identity: { from: 'id-token' },
  refresh: {
    issued: 'yes',
    accessTokenSeconds: 300,
    note: 'Without offline_access it ends with the session; the used one ends only where the realm revokes refresh tokens.',
  },
  localhost: 'allowed',
  links: { docs: 'https://www.keycloak.org/securing-apps/oidc-layers' },
  traps: [
    'Client authentication must be on for the client, else it is public and has no secret.',
    'The issuer follows the configured hostname, which must be the address that this server reaches it at.',
  ],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 5,
    decisions: [
      'Sources take a host or the address of a realm; an address covers installations below a path as well.',
    ],
  },
}

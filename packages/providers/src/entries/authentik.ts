import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'authentik',
  name: 'authentik',
  protocol: 'oidc',
  domains: [],
  tenant: {
    host: { description: 'The host where authentik runs', example: 'auth.example.com', kind: 'host' },
    application: { description: "The application's slug", example: 'my-app', kind: 'segment' },
  },
  issuer: 'https://{host}/application/o/{application}/',
  endpoints: {
    authorization: 'https://{host}/application/o/authorize/',
    token: 'https://{host}/application/o/token/',
    userinfo: 'https://{host}/application/o/userinfo/',
    revocation: 'https://{host}/application/o/revoke/',
    introspection: 'https://{host}/application/o/introspect/',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'profile', 'email'], connect: ['openid', 'offline_access'] },
  identity: { from: 'id-token' },
  refresh: {
    issued: 'conditional',
    note: 'The scope offline_access has to be asked for and mapped to the provider.',
  },
  localhost: 'allowed',
  links: { docs: 'https://docs.goauthentik.io/add-secure-apps/providers/oauth2/' },
  traps: [
    'The issuer is the one of this entry only with the issuer mode that gives each application its own.',
  ],
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'pingone',
  name: 'PingOne',
  protocol: 'oidc',
  domains: ['pingone.com', 'pingone.eu', 'pingone.ca', 'pingone.asia', 'pingone.com.au', 'pingone.sg'],
  tenant: {
    tld: {
      description: 'Region of the environment: what follows auth.pingone. in its addresses',
      example: 'eu',
      kind: 'choice',
      choices: ['com', 'eu', 'ca', 'asia', 'com.au', 'sg'],
      default: 'com',
    },
    environmentId: {
      description: 'Id of the environment, a UUID',
      example: 'a3cf4f3e-6f3c-4a5e-9a1f-0d8f0a3f6d10',
      kind: 'segment',
      pattern: '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}',
    },
  },
  issuer: 'https://auth.pingone.{tld}/{environmentId}/as',
  endpoints: {
    authorization: 'https://auth.pingone.{tld}/{environmentId}/as/authorize',
    token: 'https://auth.pingone.{tld}/{environmentId}/as/token',
    userinfo: 'https://auth.pingone.{tld}/{environmentId}/as/userinfo',
    revocation: 'https://auth.pingone.{tld}/{environmentId}/as/revoke',
    introspection: 'https://auth.pingone.{tld}/{environmentId}/as/introspect',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'profile', 'email'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'conditional', note: 'Only where the application has the grant type refresh token.' },
  localhost: 'allowed',
  links: { console: 'https://console.pingone.com/', docs: 'https://docs.pingidentity.com/pingone/' },
  traps: [
    'The application is off when it is made: switch it on, and grant it the scopes profile and email.',
    'The method of client authentication on the application must be Client Secret Basic.',
  ],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 3,
    decisions: ['A free text for the end of the host could lead anywhere, so it is a choice of the regions.'],
  },
}

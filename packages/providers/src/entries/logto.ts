import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'logto',
  name: 'Logto',
  protocol: 'oidc',
  domains: [],
  tenant: {
    url: {
      description: 'The Logto endpoint, of Logto Cloud or an installation of your own, without /oidc',
      example: 'https://acme.logto.app',
      kind: 'url',
    },
  },
  issuer: '{url}/oidc',
  endpoints: {
    authorization: '{url}/oidc/auth',
    token: '{url}/oidc/token',
    userinfo: '{url}/oidc/me',
    revocation: '{url}/oidc/token/revocation',
  },
  clientAuthentication: 'basic',
  scopes: {
    signIn: ['openid', 'profile', 'email'],
    connect: ['openid', 'profile', 'email', 'offline_access'],
  },
  connectAuthorizeParams: { prompt: 'consent' },
  identity: { from: 'id-token' },
  refresh: {
    issued: 'conditional',
    rotates: true,
    accessTokenSeconds: 3600,
    endsUnusedAfterDays: 14,
    note: 'Only with offline_access and a consent; rotation and lifetime can be changed for each application.',
  },
  localhost: 'allowed',
  links: { console: 'https://cloud.logto.io/', docs: 'https://docs.logto.io/quick-starts/traditional' },
  traps: ['Make a traditional web application; one for single-page apps has no secret.'],
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'xero',
  name: 'Xero',
  protocol: 'oidc',
  domains: ['xero.com'],
  issuer: 'https://identity.xero.com',
  endpoints: {
    authorization: 'https://login.xero.com/identity/connect/authorize',
    token: 'https://identity.xero.com/connect/token',
    userinfo: 'https://identity.xero.com/connect/userinfo',
    revocation: 'https://identity.xero.com/connect/revocation',
  },
  clientAuthentication: 'basic',
  scopes: {
    signIn: ['openid', 'profile', 'email'],
    connect: ['openid', 'profile', 'email', 'offline_access'],
  },
  quirks: ['discovery-lacks-scopes', 'tenant-from-api-call'],
  identity: { from: 'id-token' },
  refresh: {
    issued: 'conditional',
    rotates: true,
    graceSeconds: 1800,
    accessTokenSeconds: 1800,
    endsUnusedAfterDays: 60,
    note: 'Only with the scope offline_access.',
  },
  localhost: 'allowed',
  apiHosts: ['api.xero.com'],
  links: {
    console: 'https://developer.xero.com/app/manage',
    docs: 'https://developer.xero.com/documentation/guides/oauth2/auth-flow',
  },
  traps: [
    'API calls need a tenant id, which GET https://api.xero.com/connections tells after connecting.',
    'An app that is not certified can be connected to 25 organizations.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 2,
    urls: ['https://developer.xero.com/faq/oauth2'],
    decisions: ["The ID token's sub, as the standard has it, rather than xero_userid."],
  },
}

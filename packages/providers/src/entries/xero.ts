import type { Entry } from '../entry.ts'

// TODO refresh.note: word it anew, set endsAfterDays/endsUnusedAfterDays
// TODO afterConnect: "GET https://api.xero.com/connections for the tenantId"
// TODO derived quirks expected: offline-needs-scope reuse-grace-window rotating-refresh-token
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
    issued: 'yes',
    rotates: true,
    graceSeconds: 1800,
    accessTokenSeconds: 1800,
    note: '60 days unused; needs offline_access',
  },
  localhost: 'allowed',
  links: {
    docs: 'https://developer.xero.com/documentation/guides/oauth2/auth-flow',
    console: 'https://developer.xero.com/app/manage',
  },
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 2,
    urls: ['https://developer.xero.com/faq/oauth2'],
  },
}

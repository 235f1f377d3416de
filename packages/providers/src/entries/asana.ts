import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'asana',
  name: 'Asana',
  protocol: 'oidc',
  domains: ['asana.com'],
  issuer: 'https://app.asana.com/api/1.0',
  endpoints: {
    authorization: 'https://app.asana.com/-/oauth_authorize',
    token: 'https://app.asana.com/-/oauth_token',
    userinfo: 'https://app.asana.com/api/1.0/openid_connect/userinfo',
    revocation: 'https://app.asana.com/-/oauth_revoke',
  },
  scopes: { signIn: ['openid', 'profile', 'email'] },
  quirks: ['no-browser-token-requests', 'nonce-not-echoed'],
  identity: { from: 'id-token' },
  refresh: {
    issued: 'yes',
    rotates: false,
    omitted: true,
    accessTokenSeconds: 3600,
    note: 'Refresh tokens stay valid until they are revoked.',
  },
  localhost: 'allowed',
  apiHosts: ['app.asana.com'],
  links: { console: 'https://app.asana.com/0/my-apps', docs: 'https://developers.asana.com/docs/oauth' },
  traps: [
    'An app has either full permissions or the scopes that are ticked for it, and asking for another one fails.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 4,
    urls: ['https://developers.asana.com/docs/oauth'],
  },
}

import type { Entry } from '../entry.ts'

// TODO refresh.note: word it anew, set endsAfterDays/endsUnusedAfterDays
// TODO alternativeUserinfo: {"url": "https://app.asana.com/api/1.0/users/me", "under": "data", "subject": "gid"}
// TODO derived quirks expected: refresh-omits-refresh-token
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
  wire: { keepFromToken: ['data.id', 'data.gid', 'data.email'] },
  identity: { from: 'id-token' },
  refresh: {
    issued: 'yes',
    rotates: false,
    omitted: true,
    accessTokenSeconds: 3600,
    note: 'until revoked',
  },
  localhost: 'allowed',
  links: {
    docs: 'https://developers.asana.com/docs/oauth',
    console: 'https://app.asana.com/0/my-apps',
  },
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 4,
    urls: ['https://developers.asana.com/docs/oauth'],
  },
}

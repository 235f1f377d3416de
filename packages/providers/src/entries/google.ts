import type { Entry } from '../entry.ts'

// TODO refresh.note: word it anew, set endsAfterDays/endsUnusedAfterDays
// TODO localhost: http only for localhost
// TODO authorizeParamNotes: {"include_granted_scopes": "optional, incremental consent"}
// TODO optionalAuthorizeParams: {"include_granted_scopes": "true"}
// TODO disagreements: [{"field": "userinfoEndpoint", "values": [{"value": "https://www.googleapis.com/oauth2/v2/userinfo", "sources": 1}, {"value": "https://openidconnect.googleapis.com/v1/userinfo", "sources": 1}]}]
// TODO derived quirks expected: offline-needs-extra-params refresh-omits-refresh-token
export const entry: Entry = {
  id: 'google',
  name: 'Google',
  protocol: 'oidc',
  domains: ['google.com', 'googleapis.com'],
  issuer: 'https://accounts.google.com',
  endpoints: {
    authorization: 'https://accounts.google.com/o/oauth2/v2/auth',
    token: 'https://oauth2.googleapis.com/token',
    userinfo: 'https://openidconnect.googleapis.com/v1/userinfo',
    revocation: 'https://oauth2.googleapis.com/revoke',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['email', 'profile', 'openid'] },
  connectAuthorizeParams: { access_type: 'offline', prompt: 'consent' },
  quirks: ['extra-scopes-returned', 'silent-refresh-token-cap'],
  identity: { from: 'id-token' },
  refresh: {
    issued: 'conditional',
    rotates: false,
    omitted: true,
    accessTokenSeconds: 3600,
    note: 'no fixed end; dies after 6 months unused, after password change with Gmail scopes, after 7 days while the OAuth app is in Testing, or when more than 100 live refresh tokens exist per account and client (oldest silently dropped; older sources say 25 or 50); only when access_type=offline; only on the first consent unless prompt=consent',
  },
  localhost: 'allowed',
  links: {
    docs: 'https://developers.google.com/identity/protocols/oauth2/web-server',
    console: 'https://console.cloud.google.com/apis/credentials',
  },
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 6,
    urls: ['https://developers.google.com/identity/protocols/oauth2'],
  },
}

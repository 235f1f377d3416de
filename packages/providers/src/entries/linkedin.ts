import type { Entry } from '../entry.ts'

// TODO refresh.note: word it anew, set endsAfterDays/endsUnusedAfterDays
// TODO disagreements: [{"field": "userinfoEndpoint", "values": [{"value": "https://api.linkedin.com/v2/userinfo", "sources": 2}, {"value": "https://api.linkedin.com/v2/me", "sources": 2}]}, {"field": "profile.subject", "values": [{"value": "sub", "sources": 1}, {"value": "id", "sources": 1}]}]
// TODO derived quirks expected: callback-error-nonstandard fixed-refresh-lifetime pkce-disabled-by-source
export const entry: Entry = {
  id: 'linkedin',
  name: 'LinkedIn',
  protocol: 'oidc',
  domains: ['linkedin.com'],
  issuer: 'https://www.linkedin.com/oauth',
  endpoints: {
    authorization: 'https://www.linkedin.com/oauth/v2/authorization',
    token: 'https://www.linkedin.com/oauth/v2/accessToken',
    userinfo: 'https://api.linkedin.com/v2/userinfo',
  },
  pkce: 'none',
  scopes: { signIn: ['profile', 'email', 'openid'] },
  quirks: ['basic-auth-rejected', 'nonce-not-echoed', 'refresh-for-partners-only'],
  identity: { from: 'id-token' },
  refresh: {
    issued: 'conditional',
    rotates: false,
    accessTokenSeconds: 5184000,
    note: '365 days from the first grant; refreshing does not extend it; only approved (Marketing Developer Platform) partners',
  },
  localhost: 'allowed',
  links: {
    docs: 'https://learn.microsoft.com/en-us/linkedin/consumer/integrations/self-serve/sign-in-with-linkedin-v2',
    console: 'https://www.linkedin.com/developers/',
  },
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 7,
    urls: ['https://learn.microsoft.com/en-us/linkedin/shared/authentication/programmatic-refresh-tokens'],
  },
}

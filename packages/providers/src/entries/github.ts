import type { Entry } from '../entry.ts'

// TODO refresh.note: word it anew, set endsAfterDays/endsUnusedAfterDays
// TODO localhost: loopback, any port for 127.0.0.1
// TODO revocation: {"note": "DELETE https://api.github.com/applications/{client_id}/token with basic auth, JSON body {access_token}"}
// TODO callbackLimits: "OAuth apps: up to 10 redirect URIs since 2026 (one before)"
// TODO disagreements: [{"field": "userinfoEndpoint", "values": [{"value": "https://api.github.com/user", "sources": 5}, {"value": "{api_url}/user", "sources": 1}]}]
// TODO derived quirks expected: email-needs-second-call extra-headers
export const entry: Entry = {
  id: 'github',
  name: 'GitHub',
  protocol: 'oauth2',
  domains: ['github.com'],
  endpoints: {
    authorization: 'https://github.com/login/oauth/authorize',
    token: 'https://github.com/login/oauth/access_token',
    userinfo: 'https://api.github.com/user',
  },
  scopes: { signIn: ['read:user', 'user:email'] },
  quirks: ['error-with-http-200', 'form-encoded-response', 'never-expires-became-optional'],
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: 'name',
    email: 'email',
    emailVerified: 'verified',
    picture: 'avatar_url',
  },
  refresh: {
    issued: 'conditional',
    rotates: true,
    accessTokenSeconds: 28800,
    note: '6 months; GitHub Apps: yes when token expiry is on. OAuth apps: since 2026 also, per app setting or with scope offline_access; otherwise the token never expires; using a refresh token kills the old access token too',
  },
  localhost: 'allowed',
  links: {
    docs: 'https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps',
    console: 'https://github.com/settings/developers',
  },
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 7,
    urls: [
      'https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/refreshing-user-access-tokens',
      'https://github.com/orgs/community/discussions/204963',
    ],
  },
}

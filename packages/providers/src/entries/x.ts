import type { Entry } from '../entry.ts'

// TODO refresh.note: word it anew, set endsAfterDays/endsUnusedAfterDays
// TODO localhost: http://127.0.0.1
// TODO disagreements: [{"field": "authorizationEndpoint", "values": [{"value": "https://x.com/i/oauth2/authorize", "sources": 3}, {"value": "https://twitter.com/i/oauth2/authorize", "sources": 4}]}, {"field": "tokenEndpoint", "values": [{"value": "https://api.twitter.com/2/oauth2/token", "sources": 4}, {"value": "https://api.x.com/2/oauth2/token", "sources": 3}]}, {"field": "userinfoEndpoint", "values": [{"value": "https://api.twitter.com/2/users/me", "sources": 4}, {"value": "https://api.x.com/2/users/me?user.fields=profile_image_url", "sources": 3}]}]
// TODO derived quirks expected: offline-needs-scope profile-wrapped rotating-refresh-token
export const entry: Entry = {
  id: 'x',
  name: 'X (Twitter)',
  protocol: 'oauth2',
  domains: [],
  endpoints: {
    authorization: 'https://x.com/i/oauth2/authorize',
    token: 'https://api.x.com/2/oauth2/token',
    userinfo: 'https://api.x.com/2/users/me?user.fields=profile_image_url,confirmed_email',
    revocation: 'https://api.x.com/2/oauth2/revoke',
  },
  clientAuthentication: 'basic',
  scopes: {
    signIn: ['users.read', 'tweet.read', 'offline.access', 'users.email'],
    connect: ['users.read', 'tweet.read', 'offline.access', 'users.email'],
  },
  quirks: ['host-renamed', 'pkce-required'],
  identity: {
    from: 'userinfo',
    subject: 'data.id',
    name: 'data.name',
    email: 'data.confirmed_email',
    picture: 'data.profile_image_url',
  },
  refresh: {
    issued: 'yes',
    rotates: true,
    accessTokenSeconds: 7200,
    note: '6 months; needs offline.access',
  },
  localhost: 'loopback-ip-only',
  links: {
    docs: 'https://developer.twitter.com/en/docs/authentication/oauth-2-0/authorization-code',
    console: 'https://developer.twitter.com/en/portal/dashboard',
  },
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 7,
    urls: [
      'https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code',
      'https://docs.x.com/fundamentals/authentication/oauth-2-0/user-access-token',
    ],
  },
}

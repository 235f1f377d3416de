import type { Entry } from '../entry.ts'

// TODO picture built from id + avatar hash
// TODO disagreements: [{"field": "authorizationEndpoint", "values": [{"value": "https://discord.com/api/oauth2/authorize", "sources": 5}, {"value": "https://discord.com/oauth2/authorize", "sources": 2}]}, {"field": "userinfoEndpoint", "values": [{"value": "https://discord.com/api/users/@me", "sources": 6}, {"value": "https://discord.com/api/oauth2/@me", "sources": 1}]}]
// TODO derived quirks expected: rotating-refresh-token
export const entry: Entry = {
  id: 'discord',
  name: 'Discord',
  protocol: 'oauth2',
  domains: ['discord.com'],
  endpoints: {
    authorization: 'https://discord.com/oauth2/authorize',
    token: 'https://discord.com/api/oauth2/token',
    userinfo: 'https://discord.com/api/users/@me',
    revocation: 'https://discord.com/api/oauth2/token/revoke',
    discovery: 'https://discord.com/.well-known/oauth-authorization-server',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['identify', 'email'] },
  quirks: ['form-body-only'],
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: 'global_name',
    email: 'email',
    emailVerified: 'verified',
  },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 604800 },
  localhost: 'allowed',
  links: {
    docs: 'https://docs.discord.com/developers/topics/oauth2',
    console: 'https://discord.com/developers/applications',
  },
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 7,
    urls: ['https://discord.com/.well-known/oauth-authorization-server'],
  },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'roblox',
  name: 'Roblox',
  protocol: 'oidc',
  domains: ['roblox.com'],
  issuer: 'https://apis.roblox.com/oauth/',
  endpoints: {
    authorization: 'https://apis.roblox.com/oauth/v1/authorize',
    token: 'https://apis.roblox.com/oauth/v1/token',
    userinfo: 'https://apis.roblox.com/oauth/v1/userinfo',
    revocation: 'https://apis.roblox.com/oauth/v1/token/revoke',
    introspection: 'https://apis.roblox.com/oauth/v1/token/introspect',
  },
  scopes: { signIn: ['openid', 'profile'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 900, endsUnusedAfterDays: 90 },
  localhost: 'allowed',
  apiHosts: ['apis.roblox.com'],
  links: {
    console: 'https://create.roblox.com/dashboard/credentials?activeTab=OAuthTab',
    docs: 'https://create.roblox.com/docs/cloud/auth/oauth2-overview',
  },
  traps: [
    'An app that is not reviewed can be used by ten people.',
    'There is no e-mail address: preferred_username is the login name.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 3,
    urls: ['https://create.roblox.com/docs/cloud/reference/oauth2'],
    decisions: ['Both ways of client authentication are taken; post is the one that its pages show.'],
  },
}

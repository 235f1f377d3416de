import type { Entry } from '../entry.ts'

// TODO localhost: docs example uses it
// TODO disagreements: [{"field": "tokenEndpointAuthMethod", "values": [{"value": "post", "sources": 1}, {"value": "basic", "sources": 1}]}]
export const entry: Entry = {
  id: 'roblox',
  name: 'Roblox',
  protocol: 'oidc',
  domains: ['roblox.com'],
  issuer: 'https://apis.roblox.com/oauth',
  endpoints: {
    authorization: 'https://apis.roblox.com/oauth/v1/authorize',
    token: 'https://apis.roblox.com/oauth/v1/token',
    userinfo: 'https://apis.roblox.com/oauth/v1/userinfo',
    revocation: 'https://apis.roblox.com/oauth/v1/token/revoke',
  },
  scopes: { signIn: ['openid', 'profile'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'yes' },
  localhost: 'allowed',
  links: {
    docs: 'https://create.roblox.com/docs/cloud/open-cloud/oauth2-overview',
    console: 'https://create.roblox.com/dashboard/credentials?activeTab=OAuthTab',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}

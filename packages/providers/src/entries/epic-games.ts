import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'epic-games',
  name: 'Epic Games',
  protocol: 'oidc',
  domains: ['epicgames.com', 'epicgames.dev'],
  issuer: 'https://api.epicgames.dev/epic/oauth/v1',
  endpoints: {
    authorization: 'https://www.epicgames.com/id/authorize',
    token: 'https://api.epicgames.dev/epic/oauth/v2/token',
    userinfo: 'https://api.epicgames.dev/epic/oauth/v2/userInfo',
    revocation: 'https://api.epicgames.dev/epic/oauth/v2/revoke',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'profile', 'email'] },
  quirks: ['basic-not-urlencoded'],
  identity: { from: 'id-token' },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: { docs: 'https://dev.epicgames.com/docs/web-api-ref/authentication' },
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

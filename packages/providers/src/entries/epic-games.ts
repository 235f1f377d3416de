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
  scopes: { signIn: ['openid', 'basic_profile'] },
  quirks: ['basic-not-urlencoded'],
  identity: { from: 'id-token' },
  refresh: { issued: 'yes', accessTokenSeconds: 7200 },
  localhost: 'allowed',
  apiHosts: ['api.epicgames.dev'],
  links: {
    console: 'https://dev.epicgames.com/portal/',
    docs: 'https://dev.epicgames.com/docs/web-api-ref/authentication',
  },
  traps: [
    'Only members of the organization can sign in until the brand review has passed.',
    'There is no e-mail address.',
  ],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 2,
    decisions: ['The scopes are openid and basic_profile: Epic has no scopes profile and email.'],
  },
}

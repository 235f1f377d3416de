import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'start-gg',
  name: 'start.gg',
  protocol: 'oauth2',
  domains: ['start.gg'],
  endpoints: {
    authorization: 'https://start.gg/oauth/authorize',
    token: 'https://api.start.gg/oauth/access_token',
    refresh: 'https://api.start.gg/oauth/refresh',
    userinfo: 'https://api.start.gg/gql/alpha',
  },
  scopes: { signIn: ['user.identity', 'user.email'] },
  quirks: ['json-token-body', 'userinfo-post'],
  wire: {
    tokenExtra: { scope: 'user.identity user.email' },
    refreshExtra: { scope: 'user.identity user.email' },
    userinfoBody: { query: '{ currentUser { id slug email player { gamerTag } } }' },
  },
  identity: {
    from: 'userinfo',
    subject: 'data.currentUser.id',
    name: 'data.currentUser.player.gamerTag',
    login: 'data.currentUser.slug',
    email: 'data.currentUser.email',
  },
  refresh: { issued: 'yes', accessTokenSeconds: 604800 },
  localhost: 'unknown',
  apiHosts: ['api.start.gg'],
  links: {
    console: 'https://start.gg/admin/profile/developer',
    docs: 'https://developer.start.gg/docs/oauth/oauth-overview',
  },
  traps: [
    'Its token endpoint wants the scopes again: with others, set wire.token_extra and wire.refresh_extra, too.',
  ],
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

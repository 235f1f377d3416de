import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'producthunt',
  name: 'Product Hunt',
  protocol: 'oauth2',
  domains: ['producthunt.com'],
  endpoints: {
    authorization: 'https://api.producthunt.com/v2/oauth/authorize',
    token: 'https://api.producthunt.com/v2/oauth/token',
    userinfo: 'https://api.producthunt.com/v2/api/graphql',
  },
  scopes: { signIn: ['public', 'private'] },
  quirks: ['userinfo-post'],
  wire: { userinfoBody: { query: '{ viewer { user { id name username profileImage } } }' } },
  identity: {
    from: 'userinfo',
    subject: 'data.viewer.user.id',
    name: 'data.viewer.user.name',
    login: 'data.viewer.user.username',
    picture: 'data.viewer.user.profileImage',
  },
  refresh: { issued: 'no' },
  localhost: 'https-only',
  apiHosts: ['api.producthunt.com'],
  links: {
    console: 'https://www.producthunt.com/v2/oauth/applications',
    docs: 'https://api.producthunt.com/v2/docs',
  },
  traps: ['viewer is empty without the scope private.'],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 1,
    decisions: ['The source has version 1 of the API, which takes no new apps.'],
  },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'tidal',
  name: 'TIDAL',
  protocol: 'oauth2',
  domains: ['tidal.com'],
  endpoints: {
    authorization: 'https://login.tidal.com/authorize',
    token: 'https://auth.tidal.com/v1/oauth2/token',
    userinfo: 'https://openapi.tidal.com/v2/users/me',
  },
  scopes: { signIn: ['user.read'] },
  quirks: ['pkce-required', 'userinfo-wrong-content-type'],
  identity: {
    from: 'userinfo',
    subject: 'data.id',
    name: 'data.attributes.username',
    login: 'data.attributes.username',
    email: 'data.attributes.email',
    emailVerified: 'data.attributes.emailVerified',
  },
  refresh: { issued: 'yes', omitted: true, accessTokenSeconds: 86400 },
  localhost: 'allowed',
  apiHosts: ['openapi.tidal.com'],
  links: {
    console: 'https://developer.tidal.com/dashboard',
    docs: 'https://developer.tidal.com/documentation/authorization/authorization-overview',
  },
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 3,
    decisions: ['It issues refresh tokens: the list that says no has only its other grants.'],
  },
}

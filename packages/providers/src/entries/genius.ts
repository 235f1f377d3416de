import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'genius',
  name: 'Genius',
  protocol: 'oauth2',
  domains: ['genius.com'],
  endpoints: {
    authorization: 'https://api.genius.com/oauth/authorize',
    token: 'https://api.genius.com/oauth/token',
    userinfo: 'https://api.genius.com/account',
  },
  scopes: { signIn: ['me'] },
  identity: {
    from: 'userinfo',
    subject: 'response.user.id',
    name: 'response.user.name',
    login: 'response.user.login',
    email: 'response.user.email',
    picture: 'response.user.avatar.medium.url',
  },
  refresh: { issued: 'no', neverExpires: true },
  localhost: 'unknown',
  apiHosts: ['api.genius.com'],
  links: { console: 'https://genius.com/api-clients', docs: 'https://docs.genius.com/' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

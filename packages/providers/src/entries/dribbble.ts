import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'dribbble',
  name: 'Dribbble',
  protocol: 'oauth2',
  domains: ['dribbble.com'],
  endpoints: {
    authorization: 'https://dribbble.com/oauth/authorize',
    token: 'https://dribbble.com/oauth/token',
    userinfo: 'https://api.dribbble.com/v2/user',
  },
  scopes: { signIn: ['public'] },
  identity: { from: 'userinfo', subject: 'id', name: 'name', login: 'login', picture: 'avatar_url' },
  refresh: { issued: 'no', neverExpires: true },
  localhost: 'allowed',
  apiHosts: ['api.dribbble.com'],
  links: {
    console: 'https://dribbble.com/account/applications',
    docs: 'https://developer.dribbble.com/v2/oauth/',
  },
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 3,
    decisions: ['There is no e-mail address: the second version of the API does not answer with one.'],
  },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'concept2',
  name: 'Concept2',
  protocol: 'oauth2',
  domains: ['concept2.com'],
  endpoints: {
    authorization: 'https://log.concept2.com/oauth/authorize',
    token: 'https://log.concept2.com/oauth/access_token',
    userinfo: 'https://log.concept2.com/api/users/me',
  },
  scopes: { separator: ',', signIn: ['user:read'] },
  identity: {
    from: 'userinfo',
    subject: 'data.id',
    name: ['data.first_name', 'data.last_name'],
    login: 'data.username',
    email: 'data.email',
    picture: 'data.profile_image',
  },
  refresh: { issued: 'yes', accessTokenSeconds: 604_800 },
  localhost: 'unknown',
  apiHosts: ['log.concept2.com'],
  links: {
    console: 'https://log.concept2.com/developers/keys',
    docs: 'https://log.concept2.com/developers/documentation/',
  },
  traps: ['Development happens at log-dev.concept2.com, with keys of its own.'],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 1,
    decisions: ['Signing in does not ask for results:write, as the source did.'],
  },
}

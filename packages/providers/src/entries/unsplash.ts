import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'unsplash',
  name: 'Unsplash',
  protocol: 'oauth2',
  domains: ['unsplash.com'],
  endpoints: {
    authorization: 'https://unsplash.com/oauth/authorize',
    token: 'https://unsplash.com/oauth/token',
    userinfo: 'https://api.unsplash.com/me',
  },
  scopes: { separator: '+', signIn: ['public', 'read_user'] },
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: 'name',
    login: 'username',
    email: 'email',
    picture: 'profile_image.medium',
  },
  refresh: { issued: 'no', neverExpires: true },
  localhost: 'allowed',
  apiHosts: ['api.unsplash.com'],
  links: {
    console: 'https://unsplash.com/oauth/applications',
    docs: 'https://unsplash.com/documentation/user-authentication-workflow',
  },
  traps: ['The scopes that are asked for have to be ticked where the app is registered, too.'],
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

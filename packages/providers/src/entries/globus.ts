import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'globus',
  name: 'Globus',
  protocol: 'oauth2',
  domains: ['globus.org'],
  endpoints: {
    authorization: 'https://auth.globus.org/v2/oauth2/authorize',
    token: 'https://auth.globus.org/v2/oauth2/token',
    userinfo: 'https://auth.globus.org/v2/oauth2/userinfo',
  },
  scopes: { signIn: ['openid', 'profile', 'offline_access'] },
  identity: {
    from: 'userinfo',
    subject: 'sub',
    name: 'name',
    email: 'email',
    picture: 'avatar_url',
  },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {
    docs: 'https://developers.globus.org/',
    console: 'https://developers.globus.org/',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

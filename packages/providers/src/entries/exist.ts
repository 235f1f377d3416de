import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'exist',
  name: 'Exist',
  protocol: 'oauth2',
  domains: ['exist.io'],
  endpoints: {
    authorization: 'https://exist.io/oauth2/authorize',
    token: 'https://exist.io/oauth2/access_token',
    userinfo: 'https://exist.io/api/2/accounts/profile/',
  },
  scopes: { signIn: ['mood_read', 'health_read', 'productivity_read'] },
  identity: { from: 'userinfo', subject: 'username', picture: 'avatar' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {
    docs: 'https://exist.io/account/apps/',
    console: 'https://exist.io/account/apps/',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

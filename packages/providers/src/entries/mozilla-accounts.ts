import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'mozilla-accounts',
  name: 'Firefox Accounts',
  protocol: 'oauth2',
  domains: ['firefox.com'],
  endpoints: {
    authorization: 'https://accounts.firefox.com/authorization',
    token: 'https://oauth.accounts.firefox.com/v1/token',
    userinfo: 'https://profile.accounts.firefox.com/v1/profile',
  },
  scopes: { signIn: ['profile'] },
  identity: { from: 'userinfo', subject: 'uid', email: 'email' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { docs: 'https://developer.mozilla.org/en-US/Firefox_Accounts' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

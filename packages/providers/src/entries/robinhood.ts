import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'robinhood',
  name: 'Robinhood',
  protocol: 'oauth2',
  domains: ['robinhood.com'],
  endpoints: {
    authorization: 'https://www.robinhood.com/oauth2/authorize/',
    token: 'https://api.robinhood.com/oauth2/token/',
    userinfo: 'https://api.robinhood.com/user/id/',
  },
  scopes: { signIn: ['read'] },
  identity: { from: 'userinfo', subject: 'id' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

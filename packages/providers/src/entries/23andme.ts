import type { Entry } from '../entry.ts'

// TODO disagreements: [{"field": "userinfoEndpoint", "values": [{"value": "https://api.23andme.com/1/user/", "sources": 1}, {"value": "https://api.23andme.com/3/account/", "sources": 1}]}]
export const entry: Entry = {
  id: '23andme',
  name: '23andMe',
  protocol: 'oauth2',
  domains: ['23andme.com'],
  endpoints: {
    authorization: 'https://api.23andme.com/authorize',
    token: 'https://api.23andme.com/token',
    userinfo: 'https://api.23andme.com/3/account/',
  },
  scopes: { signIn: ['basic'] },
  identity: { from: 'userinfo', subject: 'id', email: 'email' },
  refresh: { issued: 'unknown' },
  localhost: 'allowed',
  links: {
    docs: 'https://api.23andme.com/dev/',
    console: 'https://api.23andme.com/dev/',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

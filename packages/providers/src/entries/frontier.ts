import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'frontier',
  name: 'Frontier',
  protocol: 'oauth2',
  domains: ['frontierstore.net'],
  endpoints: {
    authorization: 'https://auth.frontierstore.net/auth',
    token: 'https://auth.frontierstore.net/token',
    userinfo: 'https://auth.frontierstore.net/me',
  },
  scopes: { signIn: ['auth', 'capi'] },
  quirks: ['pkce-required'],
  identity: { from: 'userinfo', subject: 'customer_id', name: ['firstname', 'lastname'], email: 'email' },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 14_400, endsAfterDays: 25 },
  localhost: 'allowed',
  links: {
    console: 'https://user.frontierstore.net/',
    docs: 'https://user.frontierstore.net/developer/docs',
  },
  traps: ['Access to the developer pages has to be applied for.'],
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

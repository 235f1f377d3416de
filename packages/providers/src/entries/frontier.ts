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
  identity: { from: 'userinfo', subject: 'customer_id', email: 'email', picture: 'email' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { docs: 'https://user.frontierstore.net/' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'feedly',
  name: 'Feedly',
  protocol: 'oauth2',
  domains: ['feedly.com'],
  endpoints: {
    authorization: 'https://cloud.feedly.com/v3/auth/auth',
    token: 'https://cloud.feedly.com/v3/auth/token',
    userinfo: 'https://cloud.feedly.com/v3/profile',
  },
  scopes: { signIn: ['https://cloud.feedly.com/subscriptions'] },
  quirks: ['oauth-auth-scheme'],
  identity: { from: 'userinfo', subject: 'id', name: 'fullName', email: 'email', picture: 'picture' },
  refresh: { issued: 'yes', omitted: true, accessTokenSeconds: 604_800 },
  localhost: 'unknown',
  apiHosts: ['cloud.feedly.com'],
  links: { docs: 'https://developers.feedly.com/' },
  traps: ['Client credentials are given to partners and enterprise customers.'],
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'unbounce',
  name: 'Unbounce',
  protocol: 'oauth2',
  domains: ['unbounce.com'],
  endpoints: {
    authorization: 'https://api.unbounce.com/oauth/authorize',
    token: 'https://api.unbounce.com/oauth/token',
    userinfo: 'https://api.unbounce.com/users/self',
  },
  identity: { from: 'userinfo', subject: 'id', name: ['firstName', 'lastName'], email: 'email' },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  apiHosts: ['api.unbounce.com'],
  links: { docs: 'https://developer.unbounce.com/getting_started/' },
  traps: ['Apps are registered by its support.'],
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

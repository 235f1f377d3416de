import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'shoeboxed',
  name: 'Shoeboxed',
  protocol: 'oauth2',
  domains: ['shoeboxed.com'],
  endpoints: {
    authorization: 'https://id.shoeboxed.com/oauth/authorize',
    token: 'https://id.shoeboxed.com/oauth/token',
    userinfo: 'https://api.shoeboxed.com/v2/user',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['all'] },
  identity: { from: 'userinfo', subject: 'id', name: 'name', email: 'email' },
  refresh: { issued: 'yes', accessTokenSeconds: 1800 },
  localhost: 'unknown',
  apiHosts: ['api.shoeboxed.com'],
  links: { docs: 'https://github.com/Shoeboxed/api' },
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'assembla',
  name: 'Assembla',
  protocol: 'oauth2',
  domains: ['assembla.com'],
  endpoints: {
    authorization: 'https://api.assembla.com/authorization',
    token: 'https://api.assembla.com/token',
    userinfo: 'https://api.assembla.com/v1/user.json',
  },
  clientAuthentication: 'basic',
  identity: { from: 'userinfo', subject: 'id', name: 'name', login: 'login', email: 'email' },
  refresh: { issued: 'yes', omitted: true, accessTokenSeconds: 900 },
  localhost: 'unknown',
  apiHosts: ['api.assembla.com'],
  links: { docs: 'https://api-docs.assembla.cc/content/authentication.html' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

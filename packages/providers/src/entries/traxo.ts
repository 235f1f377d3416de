import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'traxo',
  name: 'Traxo',
  protocol: 'oauth2',
  domains: ['traxo.com'],
  endpoints: {
    authorization: 'https://www.traxo.com/oauth/authenticate',
    token: 'https://www.traxo.com/oauth/token',
    userinfo: 'https://api.traxo.com/v2/me',
  },
  identity: { from: 'userinfo', subject: 'id', name: ['first_name', 'last_name'], email: 'email' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  apiHosts: ['api.traxo.com'],
  links: { docs: 'https://developer.traxo.com/' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

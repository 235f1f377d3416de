import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'socrata',
  name: 'Socrata',
  protocol: 'oauth2',
  domains: [],
  tenant: {
    host: { description: 'The host of the data site', example: 'data.example.gov', kind: 'host' },
  },
  endpoints: {
    authorization: 'https://{host}/oauth/authorize',
    token: 'https://{host}/oauth/access_token',
    userinfo: 'https://{host}/api/users/current.json',
  },
  quirks: ['no-scope-parameter', 'oauth-auth-scheme'],
  identity: { from: 'userinfo', subject: 'id', name: 'displayName', email: 'email' },
  refresh: { issued: 'no' },
  localhost: 'https-only',
  apiHosts: ['{host}'],
  links: { docs: 'https://dev.socrata.com/docs/authentication.html' },
  traps: ['The redirect URI must be https and begin with the prefix that is registered.'],
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

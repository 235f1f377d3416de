import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'familysearch',
  name: 'FamilySearch',
  protocol: 'oauth2',
  domains: ['familysearch.org'],
  endpoints: {
    authorization: 'https://ident.familysearch.org/cis-web/oauth2/v3/authorization',
    token: 'https://ident.familysearch.org/cis-web/oauth2/v3/token',
    userinfo: 'https://api.familysearch.org/platform/users/current',
  },
  clientAuthentication: 'none',
  identity: { from: 'userinfo', subject: 'users.0.id', name: 'users.0.contactName', email: 'users.0.email' },
  refresh: { issued: 'conditional', note: 'Refresh tokens are given to approved apps.' },
  localhost: 'allowed',
  apiHosts: ['api.familysearch.org'],
  links: {
    console: 'https://www.familysearch.org/developers/',
    docs: 'https://developers.familysearch.org/main/docs/authentication',
  },
  traps: [
    'A new key works in the integration environment, which has its own hosts, until the app is approved.',
  ],
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'coursera',
  name: 'Coursera',
  protocol: 'oauth2',
  domains: ['coursera.org'],
  endpoints: {
    authorization: 'https://accounts.coursera.org/oauth2/v1/auth',
    token: 'https://accounts.coursera.org/oauth2/v1/token',
    userinfo: 'https://api.coursera.org/api/externalBasicProfiles.v1',
  },
  scopes: { signIn: ['view_profile'] },
  connectAuthorizeParams: { access_type: 'offline' },
  wire: { userinfoQuery: { q: 'me', fields: 'name' } },
  identity: { from: 'userinfo', subject: 'elements.0.id', name: 'elements.0.name' },
  refresh: {
    issued: 'conditional',
    accessTokenSeconds: 1800,
    note: 'There is a refresh token only with access_type=offline.',
  },
  localhost: 'allowed',
  apiHosts: ['api.coursera.org'],
  links: {
    console: 'https://accounts.coursera.org/console',
    docs: 'https://tech.coursera.org/app-platform/oauth2/',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

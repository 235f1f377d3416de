import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'redbooth',
  name: 'Redbooth',
  protocol: 'oauth2',
  domains: ['redbooth.com'],
  endpoints: {
    authorization: 'https://redbooth.com/oauth2/authorize',
    token: 'https://redbooth.com/oauth2/token',
    userinfo: 'https://redbooth.com/api/3/me',
  },
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: ['first_name', 'last_name'],
    login: 'username',
    email: 'email',
  },
  refresh: { issued: 'yes', accessTokenSeconds: 7200 },
  localhost: 'unknown',
  apiHosts: ['redbooth.com'],
  links: { console: 'https://redbooth.com/oauth2/applications', docs: 'https://redbooth.com/api' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

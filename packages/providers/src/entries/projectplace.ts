import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'projectplace',
  name: 'ProjectPlace',
  protocol: 'oauth2',
  domains: ['projectplace.com'],
  endpoints: {
    authorization: 'https://api.projectplace.com/oauth2/authorize',
    token: 'https://api.projectplace.com/oauth2/access_token',
    userinfo: 'https://api.projectplace.com/1/user/me/profile',
  },
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: ['first_name', 'last_name'],
    email: 'email',
  },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  apiHosts: ['api.projectplace.com'],
  links: { docs: 'https://service.projectplace.com/apidocs/' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'edx',
  name: 'Edx',
  protocol: 'oauth2',
  domains: ['edx.org'],
  endpoints: {
    authorization: 'https://edx.org/oauth2/authorize/',
    token: 'https://edx.org/oauth2/access_token',
    userinfo: 'https://edx.org/api/user/v1/me',
  },
  scopes: { signIn: ['profile'] },
  identity: { from: 'userinfo', subject: 'username', name: 'name', email: 'email' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {
    docs: 'https://course-catalog-api-guide.readthedocs.io/en/latest/authentication/',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

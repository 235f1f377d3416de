import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'freshbooks',
  name: 'Freshbooks',
  protocol: 'oauth2',
  domains: ['freshbooks.com'],
  endpoints: {
    authorization: 'https://auth.freshbooks.com/oauth/authorize',
    token: 'https://api.freshbooks.com/auth/oauth/token',
    userinfo: 'https://api.freshbooks.com/auth/api/v1/users/me',
  },
  identity: {
    from: 'userinfo',
    subject: 'response.id',
    name: ['response.first_name', 'response.last_name'],
    email: 'response.email',
  },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {
    docs: 'https://developer.freshbooks.com/docs/places-api/authentication/#web-applications',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

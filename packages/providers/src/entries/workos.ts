import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'workos',
  name: 'WorkOS',
  protocol: 'oauth2',
  domains: ['workos.com'],
  endpoints: {
    authorization: 'https://api.workos.com/sso/authorize',
    token: 'https://api.workos.com/sso/token',
    userinfo: 'https://api.workos.com/sso/profile',
  },
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: ['first_name', 'last_name'],
    email: 'email',
    picture: 'raw_attributes.picture',
  },
  refresh: { issued: 'unknown', neverExpires: true },
  localhost: 'unknown',
  links: { docs: 'https://workos.com/docs/reference/sso' },
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}

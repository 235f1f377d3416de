import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'dribbble',
  name: 'Dribbble',
  protocol: 'oauth2',
  domains: ['dribbble.com'],
  endpoints: {
    authorization: 'https://dribbble.com/oauth/authorize',
    token: 'https://dribbble.com/oauth/token',
    userinfo: 'https://api.dribbble.com/v2/user',
  },
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: 'name',
    email: 'email',
    picture: 'avatar_url',
  },
  refresh: { issued: 'unknown', neverExpires: true },
  localhost: 'unknown',
  links: { docs: 'https://developer.dribbble.com' },
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}

import type { Entry } from '../entry.ts'

// TODO derived quirks expected: comma-scopes
export const entry: Entry = {
  id: 'concept2',
  name: 'Concept2',
  protocol: 'oauth2',
  domains: ['concept2.com'],
  endpoints: {
    authorization: 'https://log.concept2.com/oauth/authorize',
    token: 'https://log.concept2.com/oauth/access_token',
    userinfo: 'https://log.concept2.com/api/users/me',
  },
  scopes: { separator: ',', signIn: ['user:read', 'results:write'] },
  identity: {
    from: 'userinfo',
    subject: 'data.id',
    name: 'data.username',
    email: 'data.email',
    picture: 'data.profile_image',
  },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { docs: 'https://log.concept2.com/developers/documentation/' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

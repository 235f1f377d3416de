import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'medium',
  name: 'Medium',
  protocol: 'oauth2',
  domains: ['medium.com'],
  endpoints: {
    authorization: 'https://medium.com/m/oauth/authorize',
    token: 'https://api.medium.com/v1/tokens',
    userinfo: 'https://api.medium.com/v1/me',
  },
  scopes: { signIn: ['basicProfile'] },
  identity: {
    from: 'userinfo',
    subject: 'data.id',
    name: 'data.name',
    picture: 'data.imageUrl',
  },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { docs: 'https://example.com' },
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

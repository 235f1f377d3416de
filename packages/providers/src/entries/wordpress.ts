import type { Entry } from '../entry.ts'

// TODO disagreements: [{"field": "userinfoEndpoint", "values": [{"value": "https://public-api.wordpress.com/rest/v1/me", "sources": 3}, {"value": "https://public-api.wordpress.com/rest/v1.1/me", "sources": 1}]}]
export const entry: Entry = {
  id: 'wordpress',
  name: 'WordPress',
  protocol: 'oauth2',
  domains: ['wordpress.com'],
  endpoints: {
    authorization: 'https://public-api.wordpress.com/oauth2/authorize',
    token: 'https://public-api.wordpress.com/oauth2/token',
    userinfo: 'https://public-api.wordpress.com/rest/v1/me',
  },
  scopes: { signIn: ['auth'] },
  identity: {
    from: 'userinfo',
    subject: 'ID',
    name: 'display_name',
    email: 'email',
    picture: 'avatar_URL',
  },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { docs: 'https://developer.wordpress.com/docs/oauth2/' },
  verified: { degree: 'sources', on: '2026-11', sources: 4 },
}

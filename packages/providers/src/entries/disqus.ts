import type { Entry } from '../entry.ts'

// TODO disagreements: [{"field": "scopeSeparator", "values": [{"value": ",", "sources": 1}, {"value": " ", "sources": 1}]}]
// TODO derived quirks expected: comma-scopes
export const entry: Entry = {
  id: 'disqus',
  name: 'Disqus',
  protocol: 'oauth2',
  domains: ['disqus.com'],
  endpoints: {
    authorization: 'https://disqus.com/api/oauth/2.0/authorize/',
    token: 'https://disqus.com/api/oauth/2.0/access_token/',
    userinfo: 'https://disqus.com/api/3.0/users/details.json',
  },
  scopes: { separator: ',', signIn: ['read'] },
  wire: {
    userinfoQuery: {
      api_key: '{client_id}',
    },
  },
  identity: {
    from: 'userinfo',
    subject: 'response.id',
    name: 'response.name',
    email: 'response.email',
    picture: 'response.avatar.permalink',
  },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: { docs: 'https://disqus.com/api/docs/auth/' },
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}

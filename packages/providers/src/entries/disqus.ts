import type { Entry } from '../entry.ts'

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
  scopes: { separator: ',', signIn: ['read', 'email'] },
  wire: {
    userinfoQuery: { access_token: '{access_token}', api_key: '{client_id}' },
    authorizationScheme: 'none',
  },
  identity: {
    from: 'userinfo',
    subject: 'response.id',
    name: 'response.name',
    login: 'response.username',
    email: 'response.email',
    picture: 'response.avatar.permalink',
  },
  refresh: { issued: 'yes', accessTokenSeconds: 2_592_000 },
  localhost: 'unknown',
  apiHosts: ['disqus.com'],
  links: { console: 'https://disqus.com/api/applications/', docs: 'https://disqus.com/api/docs/auth/' },
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 3,
    decisions: ['Scopes are joined with commas, as the documentation has them.'],
  },
}

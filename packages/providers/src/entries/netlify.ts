import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'netlify',
  name: 'Netlify',
  protocol: 'oauth2',
  domains: ['netlify.com'],
  endpoints: {
    authorization: 'https://app.netlify.com/authorize',
    token: 'https://api.netlify.com/oauth/token',
    userinfo: 'https://api.netlify.com/api/v1/user',
  },
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: 'full_name',
    email: 'email',
    picture: 'avatar_url',
  },
  refresh: { issued: 'no', neverExpires: true },
  localhost: 'unknown',
  apiHosts: ['api.netlify.com'],
  links: {
    console: 'https://app.netlify.com/user/applications',
    docs: 'https://docs.netlify.com/api/get-started/#authentication',
  },
  traps: ['There are no scopes: a token may do all that the person may.'],
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

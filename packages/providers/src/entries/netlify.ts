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
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {
    docs: 'https://www.netlify.com/blog/2016/10/10/integrating-with-netlify-oauth2/',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

import type { Entry } from '../entry.ts'

// TODO localhost: docs example uses it
// TODO disagreements: [{"field": "tokenEndpoint", "values": [{"value": "https://api.vercel.com/login/oauth/token", "sources": 1}, {"value": "https://api.vercel.com/v2/oauth/access_token", "sources": 1}]}, {"field": "userinfoEndpoint", "values": [{"value": "https://api.vercel.com/login/oauth/userinfo", "sources": 1}, {"value": "https://api.vercel.com/www/user", "sources": 1}]}]
export const entry: Entry = {
  id: 'vercel',
  name: 'Vercel',
  protocol: 'oauth2',
  domains: ['vercel.com'],
  endpoints: {
    authorization: 'https://vercel.com/oauth/authorize',
    token: 'https://api.vercel.com/login/oauth/token',
    userinfo: 'https://api.vercel.com/login/oauth/userinfo',
  },
  identity: {
    from: 'userinfo',
    subject: 'sub',
    name: 'name',
    email: 'email',
    emailVerified: 'email_verified',
    picture: 'picture',
  },
  refresh: { issued: 'unknown' },
  localhost: 'allowed',
  links: {
    docs: 'https://vercel.com/docs/sign-in-with-vercel/manage-from-dashboard',
    console: 'https://vercel.com/dashboard',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

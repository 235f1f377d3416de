import type { Entry } from '../entry.ts'

// TODO localhost: docs example uses it
export const entry: Entry = {
  id: 'railway',
  name: 'Railway',
  protocol: 'oauth2',
  domains: ['railway.com'],
  endpoints: {
    authorization: 'https://backboard.railway.com/oauth/auth',
    token: 'https://backboard.railway.com/oauth/token',
    userinfo: 'https://backboard.railway.com/oauth/me',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'email', 'profile'] },
  identity: {
    from: 'userinfo',
    subject: 'sub',
    name: 'name',
    email: 'email',
    picture: 'picture',
  },
  refresh: { issued: 'unknown' },
  localhost: 'allowed',
  links: {
    docs: 'https://docs.railway.com/reference/oauth/login-with-railway',
    console: 'https://railway.com/workspace/developer',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

import type { Entry } from '../entry.ts'

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
  scopes: {
    signIn: ['openid', 'email', 'profile'],
    connect: ['openid', 'email', 'profile', 'offline_access'],
  },
  connectAuthorizeParams: { prompt: 'consent' },
  identity: { from: 'userinfo', subject: 'sub', name: 'name', email: 'email', picture: 'picture' },
  refresh: {
    issued: 'conditional',
    rotates: true,
    accessTokenSeconds: 3600,
    note: 'Only with the scope offline_access and the prompt for consent.',
  },
  localhost: 'allowed',
  apiHosts: ['backboard.railway.com'],
  links: {
    console: 'https://railway.com/workspace/developer',
    docs: 'https://docs.railway.com/integrations/oauth',
  },
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 1,
    urls: ['https://docs.railway.com/integrations/oauth/login-and-tokens'],
    decisions: [
      "Plain OAuth rather than OpenID Connect: the issuer's name and the place of its discovery document do not agree.",
    ],
  },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'onshape',
  name: 'Onshape',
  protocol: 'oauth2',
  domains: ['onshape.com'],
  endpoints: {
    authorization: 'https://oauth.onshape.com/oauth/authorize',
    token: 'https://oauth.onshape.com/oauth/token',
    userinfo: 'https://cad.onshape.com/api/users/sessioninfo',
  },
  scopes: { signIn: ['OAuth2ReadPII'] },
  identity: { from: 'userinfo', subject: 'id', name: 'name', email: 'email' },
  refresh: { issued: 'yes', accessTokenSeconds: 3600 },
  localhost: 'unknown',
  apiHosts: ['cad.onshape.com'],
  links: {
    console: 'https://cad.onshape.com/appstore/dev-portal',
    docs: 'https://onshape-public.github.io/docs/auth/oauth/',
  },
  traps: [
    'Scopes must be ticked on the application; without the one for personal data the address is missing.',
  ],
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

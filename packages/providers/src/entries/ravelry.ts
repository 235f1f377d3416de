import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'ravelry',
  name: 'Ravelry',
  protocol: 'oauth2',
  domains: ['ravelry.com'],
  endpoints: {
    authorization: 'https://www.ravelry.com/oauth2/auth',
    token: 'https://www.ravelry.com/oauth2/token',
    userinfo: 'https://api.ravelry.com/current_user.json',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['profile-only'], connect: ['offline'] },
  identity: {
    from: 'userinfo',
    subject: 'user.id',
    name: 'user.username',
    login: 'user.username',
    picture: 'user.photo_url',
  },
  refresh: {
    issued: 'conditional',
    rotates: true,
    accessTokenSeconds: 86400,
    note: 'Only with the scope offline.',
  },
  localhost: 'unknown',
  apiHosts: ['api.ravelry.com'],
  links: { console: 'https://www.ravelry.com/pro/developer', docs: 'https://www.ravelry.com/api' },
  traps: ['An app is registered for OAuth 1.0a or for OAuth 2.0; this entry needs the latter.'],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 3,
    decisions: ['OAuth 2.0, which Ravelry offers beside OAuth 1.0a and asks new apps to use.'],
  },
}

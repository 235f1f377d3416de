import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'uber',
  name: 'Uber',
  protocol: 'oauth2',
  domains: ['uber.com'],
  endpoints: {
    authorization: 'https://auth.uber.com/oauth/v2/authorize',
    token: 'https://auth.uber.com/oauth/v2/token',
    userinfo: 'https://api.uber.com/v1.2/me',
    revocation: 'https://auth.uber.com/oauth/v2/revoke',
  },
  scopes: { signIn: ['profile'] },
  identity: {
    from: 'userinfo',
    subject: 'uuid',
    name: ['first_name', 'last_name'],
    email: 'email',
    picture: 'picture',
  },
  refresh: { issued: 'yes', accessTokenSeconds: 2592000 },
  quirks: ['host-renamed'],
  localhost: 'unknown',
  apiHosts: ['api.uber.com'],
  links: {
    console: 'https://developer.uber.com/dashboard',
    docs: 'https://developer.uber.com/docs/riders/guides/authentication/introduction',
  },
  traps: ['New apps get scopes only by agreement with Uber.'],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 2,
    decisions: ['auth.uber.com, which took the place of login.uber.com.'],
  },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'freelancer',
  name: 'Freelancer',
  protocol: 'oauth2',
  domains: ['freelancer.com'],
  endpoints: {
    authorization: 'https://accounts.freelancer.com/oauth/authorize',
    token: 'https://accounts.freelancer.com/oauth/token',
    userinfo: 'https://www.freelancer.com/api/users/0.1/self/',
  },
  authorizeParams: { prompt: 'select_account consent' },
  quirks: ['custom-api-auth-header'],
  wire: {
    authorizeNames: { scope: 'advanced_scopes' },
    headers: { 'freelancer-oauth-v1': '{access_token}' },
    authorizationScheme: 'none',
  },
  identity: {
    from: 'userinfo',
    subject: 'result.id',
    name: 'result.display_name',
    login: 'result.username',
    email: 'result.email',
  },
  refresh: { issued: 'yes', accessTokenSeconds: 2_592_000 },
  localhost: 'allowed',
  apiHosts: ['www.freelancer.com'],
  links: {
    console: 'https://accounts.freelancer.com/settings/develop',
    docs: 'https://developers.freelancer.com/docs/authentication/generating-access-tokens',
  },
  traps: ['Scopes beyond basic are numbers and have to be enabled for the app.'],
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

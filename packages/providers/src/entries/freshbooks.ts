import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'freshbooks',
  name: 'FreshBooks',
  protocol: 'oauth2',
  domains: ['freshbooks.com'],
  endpoints: {
    authorization: 'https://auth.freshbooks.com/oauth/authorize',
    token: 'https://api.freshbooks.com/auth/oauth/token',
    userinfo: 'https://api.freshbooks.com/auth/api/v1/users/me',
    revocation: 'https://api.freshbooks.com/auth/oauth/revoke',
  },
  scopes: { signIn: ['user:profile:read'] },
  quirks: ['lost-response-breaks-connection', 'redirect-uri-needed-on-refresh', 'tenant-from-api-call'],
  identity: {
    from: 'userinfo',
    subject: 'response.id',
    name: ['response.first_name', 'response.last_name'],
    email: 'response.email',
  },
  refresh: {
    issued: 'yes',
    rotates: true,
    accessTokenSeconds: 43_200,
    note: 'Only the newest refresh token of a person works.',
  },
  localhost: 'https-only',
  apiHosts: ['api.freshbooks.com'],
  links: {
    console: 'https://my.freshbooks.com/#/developer',
    docs: 'https://www.freshbooks.com/api/authentication',
  },
  traps: [
    'Scopes are ticked for the app before a request may name them.',
    'API calls need account and business ids, which userinfo lists under business_memberships.',
  ],
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

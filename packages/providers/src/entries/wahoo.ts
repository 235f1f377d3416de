import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'wahoo',
  name: 'Wahoo',
  protocol: 'oauth2',
  domains: ['wahooligan.com'],
  endpoints: {
    authorization: 'https://api.wahooligan.com/oauth/authorize',
    token: 'https://api.wahooligan.com/oauth/token',
    userinfo: 'https://api.wahooligan.com/v1/user',
    revocation: 'https://api.wahooligan.com/v1/permissions',
  },
  scopes: { signIn: ['user_read', 'email'], connect: ['user_read', 'email', 'offline_data'] },
  quirks: ['token-count-cap'],
  wire: { revocation: 'bearer-delete' },
  identity: { from: 'userinfo', subject: 'id', name: ['first', 'last'], email: 'email' },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 7200, revocationEndsAccount: true },
  localhost: 'unknown',
  apiHosts: ['api.wahooligan.com'],
  links: {
    console: 'https://developers.wahooligan.com/applications',
    docs: 'https://cloud-api.wahooligan.com/',
  },
  traps: [
    'Each person has at most ten live tokens for an app.',
    'A new app is limited to a sandbox until it is approved.',
  ],
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

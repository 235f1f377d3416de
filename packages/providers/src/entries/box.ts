import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'box',
  name: 'Box',
  protocol: 'oauth2',
  domains: ['box.com'],
  endpoints: {
    authorization: 'https://account.box.com/api/oauth2/authorize',
    token: 'https://api.box.com/oauth2/token',
    userinfo: 'https://api.box.com/2.0/users/me',
    revocation: 'https://api.box.com/oauth2/revoke',
  },
  identity: { from: 'userinfo', subject: 'id', name: 'name', email: 'login', picture: 'avatar_url' },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 3600, endsUnusedAfterDays: 60 },
  localhost: 'allowed',
  apiHosts: ['api.box.com', 'upload.box.com'],
  links: {
    console: 'https://app.box.com/developers/console',
    docs: 'https://developer.box.com/guides/authentication/oauth2/',
  },
  traps: [
    'Scopes are ticked for the app; a request can only narrow them.',
    'An enterprise may have to allow the app before its people can use it.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 5,
    urls: ['https://developer.box.com/guides/authentication/tokens/refresh'],
    decisions: ['The authorization page is that of account.box.com, as four of five sources have it.'],
  },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'atlassian',
  name: 'Atlassian',
  protocol: 'oauth2',
  domains: ['atlassian.com'],
  endpoints: {
    authorization: 'https://auth.atlassian.com/authorize',
    token: 'https://auth.atlassian.com/oauth/token',
    userinfo: 'https://api.atlassian.com/me',
  },
  scopes: { signIn: ['read:me'], connect: ['read:me', 'offline_access'] },
  authorizeParams: { audience: 'api.atlassian.com' },
  connectAuthorizeParams: { prompt: 'consent' },
  quirks: ['audience-param', 'invalid-grant-as-403', 'tenant-from-api-call'],
  identity: { from: 'userinfo', subject: 'account_id', name: 'name', email: 'email', picture: 'picture' },
  refresh: {
    issued: 'conditional',
    rotates: true,
    graceSeconds: 600,
    accessTokenSeconds: 3600,
    endsUnusedAfterDays: 90,
    note: 'There is a refresh token only with the scope offline_access, and a refresh ends the access token before it.',
  },
  localhost: 'allowed',
  apiHosts: ['api.atlassian.com'],
  links: {
    console: 'https://developer.atlassian.com/console/myapps/',
    docs: 'https://developer.atlassian.com/cloud/oauth/getting-started/refresh-tokens',
  },
  traps: [
    'API calls need a cloud id, which https://api.atlassian.com/oauth/token/accessible-resources lists.',
    'The User identity API has to be added to the app for the scope read:me.',
    'Nobody but its owner can use an app until sharing is enabled under Distribution.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 6,
    urls: [
      'https://developer.atlassian.com/cloud/oauth/getting-started/refresh-tokens',
      'https://community.developer.atlassian.com/t/the-old-access-token-will-be-revoked-during-the-refresh-token-exchange/83103',
    ],
    decisions: [
      'The token endpoint is that of auth.atlassian.com, as four of five sources and the documentation say.',
    ],
  },
}

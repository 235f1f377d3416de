import type { Entry } from '../entry.ts'

// TODO refresh.note: word it anew, set endsAfterDays/endsUnusedAfterDays
// TODO afterConnect: "GET https://api.atlassian.com/oauth/token/accessible-resources for the cloudId"
// TODO disagreements: [{"field": "tokenEndpoint", "values": [{"value": "https://auth.atlassian.com/oauth/token", "sources": 4}, {"value": "https://api.atlassian.com/oauth/token", "sources": 1}]}]
// TODO derived quirks expected: offline-needs-scope reuse-grace-window rotating-refresh-token
export const entry: Entry = {
  id: 'atlassian',
  name: 'Atlassian (Jira, Confluence)',
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
  identity: {
    from: 'userinfo',
    subject: 'account_id',
    name: 'name',
    email: 'email',
    picture: 'picture',
  },
  refresh: {
    issued: 'yes',
    rotates: true,
    graceSeconds: 600,
    accessTokenSeconds: 3600,
    note: '90 days unused; needs offline_access; rotation revokes the companion access token early',
  },
  localhost: 'allowed',
  links: {
    docs: 'https://developer.atlassian.com/cloud/oauth/getting-started/refresh-tokens',
    console: 'https://developer.atlassian.com/console/myapps/',
  },
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 6,
    urls: [
      'https://developer.atlassian.com/cloud/oauth/getting-started/refresh-tokens',
      'https://community.developer.atlassian.com/t/the-old-access-token-will-be-revoked-during-the-refresh-token-exchange/83103',
    ],
  },
}

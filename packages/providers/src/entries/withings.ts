import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'withings',
  name: 'Withings',
  protocol: 'oauth2',
  domains: ['withings.com', 'withings.net'],
  endpoints: {
    authorization: 'https://account.withings.com/oauth2_user/authorize2',
    token: 'https://wbsapi.withings.net/v2/oauth2',
  },
  scopes: { separator: ',', signIn: ['user.info'], connect: ['user.info', 'user.metrics', 'user.activity'] },
  quirks: ['error-with-http-200'],
  wire: {
    tokenExtra: { action: 'requesttoken' },
    refreshExtra: { action: 'requesttoken' },
    tokenPath: 'body',
    tokenSuccess: { member: 'status', good: 0 },
  },
  identity: { from: 'token-response', subject: 'body.userid' },
  refresh: {
    issued: 'yes',
    rotates: true,
    graceSeconds: 28800,
    accessTokenSeconds: 10800,
    endsUnusedAfterDays: 365,
    note: 'The grace ends early, as soon as the new access token is used.',
  },
  localhost: 'unknown',
  apiHosts: ['wbsapi.withings.net'],
  links: {
    console: 'https://developer.withings.com/dashboard/',
    docs: 'https://developer.withings.com/developer-guide/v3/integration-guide/public-health-data-api/get-access/oauth-web-flow',
  },
  traps: [
    'A code is good for thirty seconds.',
    'The callback URL has to answer when the app is registered, as Withings calls it.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 2,
    urls: [
      'https://developer.withings.com/developer-guide/v3/integration-guide/public-health-data-api/get-access/access-and-refresh-tokens-no-recover',
    ],
    decisions: [
      'The secret itself is sent: its newer pages sign the request instead, which the public API does not demand.',
      'The subject is userid of the token response: what sources have as userinfo are measurements.',
    ],
  },
}

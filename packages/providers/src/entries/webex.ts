import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'webex',
  name: 'Webex',
  protocol: 'oauth2',
  domains: ['webexapis.com', 'webex.com'],
  endpoints: {
    authorization: 'https://webexapis.com/v1/authorize',
    token: 'https://webexapis.com/v1/access_token',
    userinfo: 'https://webexapis.com/v1/people/me',
  },
  scopes: { signIn: ['spark:people_read'], connect: ['spark:people_read', 'spark:kms'] },
  quirks: ['old-endpoints-in-libraries'],
  identity: { from: 'userinfo', subject: 'id', name: 'displayName', email: 'emails.0', picture: 'avatar' },
  refresh: { issued: 'yes', accessTokenSeconds: 1209600, endsUnusedAfterDays: 90 },
  localhost: 'allowed',
  apiHosts: ['webexapis.com'],
  links: {
    console: 'https://developer.webex.com/my-apps',
    docs: 'https://developer.webex.com/docs/integrations',
  },
  traps: [
    'An app of the kind Integration is the right one.',
    'spark:kms is needed beside every scope that reads messages.',
  ],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 3,
    decisions: [
      'Plain OAuth with people/me rather than OpenID Connect: the issuer differs with the region of the account, and the subject would be another one.',
      'webexapis.com: api.ciscospark.com is its old name.',
    ],
  },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'aweber',
  name: 'AWeber',
  protocol: 'oauth2',
  domains: ['aweber.com'],
  endpoints: {
    authorization: 'https://auth.aweber.com/oauth2/authorize',
    token: 'https://auth.aweber.com/oauth2/token',
    userinfo: 'https://api.aweber.com/1.0/accounts',
    revocation: 'https://auth.aweber.com/oauth2/revoke',
  },
  clientAuthentication: 'basic',
  // With a client secret PKCE is refused.
  pkce: 'none',
  scopes: { connect: ['account.read'] },
  identity: {
    from: 'userinfo',
    shared: true,
    because: 'The API tells the account, which several people share.',
    subject: 'entries.0.id',
  },
  refresh: { issued: 'yes', accessTokenSeconds: 7200 },
  localhost: 'unknown',
  apiHosts: ['api.aweber.com'],
  links: { console: 'https://labs.aweber.com/', docs: 'https://api.aweber.com/#tag/OAuth-2.0-Overview' },
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 2,
    urls: ['https://api.aweber.com/#tag/OAuth-2.0-Overview', 'https://api.aweber.com/#tag/Troubleshooting'],
    decisions: [
      'A token is for one account: the first of the list is it.',
      'PKCE is off, because AWeber refuses it for clients that have a secret.',
    ],
  },
}

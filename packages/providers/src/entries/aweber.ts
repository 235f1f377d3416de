import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'aweber',
  name: 'AWeber',
  protocol: 'oauth2',
  domains: ['aweber.com'],
  endpoints: {
    authorization: 'https://auth.aweber.com/oauth2/authorize',
    token: 'https://auth.aweber.com/oauth2/token',
    revocation: 'https://auth.aweber.com/oauth2/revoke',
  },
  clientAuthentication: 'basic',
  // With a client secret PKCE is refused.
  pkce: 'none',
  scopes: { connect: ['account.read'] },
  identity: { from: 'nothing', because: 'The API lists accounts, which several people share.' },
  refresh: { issued: 'yes', accessTokenSeconds: 7200 },
  localhost: 'unknown',
  apiHosts: ['api.aweber.com'],
  links: { console: 'https://labs.aweber.com/', docs: 'https://api.aweber.com/#tag/OAuth-2.0-Overview' },
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 2,
    urls: ['https://api.aweber.com/#tag/OAuth-2.0-Overview', 'https://api.aweber.com/#tag/Troubleshooting'],
    decisions: ['PKCE is off, because AWeber refuses it for clients that have a secret.'],
  },
}

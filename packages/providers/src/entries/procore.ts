import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'procore',
  name: 'Procore',
  protocol: 'oauth2',
  domains: ['procore.com'],
  endpoints: {
    authorization: 'https://login.procore.com/oauth/authorize',
    token: 'https://login.procore.com/oauth/token',
    userinfo: 'https://api.procore.com/rest/v1.0/me',
    revocation: 'https://login.procore.com/oauth/revoke',
  },
  quirks: ['lost-response-breaks-connection'],
  identity: { from: 'userinfo', subject: 'id', name: 'name', email: 'login' },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 5400 },
  localhost: 'allowed',
  apiHosts: ['api.procore.com'],
  links: {
    console: 'https://developers.procore.com/',
    docs: 'https://developers.procore.com/documentation/content/oauth-auth-grant-flow',
  },
  traps: ['An app has keys for a sandbox first; those for production come when it is promoted.'],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 1,
    urls: [
      'https://developers.procore.com/documentation/content/oauth-endpoints',
      'https://developers.procore.com/documentation/content/troubleshooting',
    ],
  },
}

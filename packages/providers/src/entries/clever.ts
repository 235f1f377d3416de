import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'clever',
  name: 'Clever',
  protocol: 'oauth2',
  domains: ['clever.com'],
  endpoints: {
    authorization: 'https://clever.com/oauth/authorize',
    token: 'https://clever.com/oauth/tokens',
    userinfo: 'https://api.clever.com/v3.0/me',
  },
  clientAuthentication: 'basic',
  quirks: ['api-version-in-url', 'id-token-missing'],
  identity: { from: 'userinfo', subject: 'data.id' },
  refresh: { issued: 'no' },
  localhost: 'allowed',
  apiHosts: ['api.clever.com'],
  links: { console: 'https://apps.clever.com/', docs: 'https://dev.clever.com/docs/oauth-oidc-overview' },
  traps: [
    "A sign-in that starts in the Clever portal has no state and is refused; let the portal open the app's own sign-in page.",
    'What an app may read is set in its dashboard.',
  ],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 2,
    decisions: [
      'Userinfo instead of the ID token, which not every app gets; the answer has neither name nor address.',
    ],
  },
}

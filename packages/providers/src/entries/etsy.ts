import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'etsy',
  name: 'Etsy',
  protocol: 'oauth2',
  domains: ['etsy.com'],
  endpoints: {
    authorization: 'https://www.etsy.com/oauth/connect',
    token: 'https://api.etsy.com/v3/public/oauth/token',
    userinfo: 'https://api.etsy.com/v3/application/users/me',
  },
  clientAuthentication: 'none',
  scopes: { signIn: ['shops_r'] },
  quirks: ['pkce-required'],
  wire: { headers: { 'x-api-key': '{client_id}:{client_secret}' } },
  identity: { from: 'userinfo', subject: 'user_id' },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 3600, endsUnusedAfterDays: 90 },
  localhost: 'allowed',
  apiHosts: ['api.etsy.com', 'openapi.etsy.com'],
  links: {
    console: 'https://www.etsy.com/developers/your-apps',
    docs: 'https://developers.etsy.com/documentation/essentials/authentication',
  },
  traps: [
    'Every API call needs the header x-api-key with keystring and shared secret, joined by a colon.',
    'Personal access serves a handful of shops; more takes an application for commercial access.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 2,
    urls: [
      'https://developers.etsy.com/documentation/essentials/requests/',
      'https://github.com/etsy/open-api/discussions/1529',
    ],
    decisions: [
      'No client authentication: the token endpoint knows the client by its id and the PKCE verifier.',
    ],
  },
}

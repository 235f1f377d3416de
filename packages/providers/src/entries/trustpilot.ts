import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'trustpilot',
  name: 'Trustpilot',
  protocol: 'oauth2',
  domains: ['trustpilot.com'],
  endpoints: {
    authorization: 'https://authenticate.trustpilot.com',
    token: 'https://api.trustpilot.com/v1/oauth/oauth-business-users-for-applications/accesstoken',
    refresh: 'https://api.trustpilot.com/v1/oauth/oauth-business-users-for-applications/refresh',
    revocation: 'https://api.trustpilot.com/v1/oauth/oauth-business-users-for-applications/revoke',
  },
  clientAuthentication: 'basic',
  pkce: 'none',
  quirks: ['nonstandard-token-fields', 'no-scope-parameter'],
  identity: { from: 'nothing', because: 'No request is known that tells which business user it is.' },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 360000, endsUnusedAfterDays: 90 },
  localhost: 'unknown',
  apiHosts: ['api.trustpilot.com'],
  links: {
    console: 'https://businessapp.b2b.trustpilot.com/applications/',
    docs: 'https://developers.trustpilot.com/authentication/',
  },
  traps: ['API access is part of its larger plans only.', 'Numbers in its token responses are strings.'],
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}

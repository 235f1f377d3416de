import type { Entry } from '../entry.ts'

// TODO subject? profile={}
// TODO derived quirks expected: pkce-disabled-by-source separate-refresh-endpoint
export const entry: Entry = {
  id: 'trustpilot',
  name: 'Trustpilot',
  protocol: 'oauth2',
  domains: ['trustpilot.com'],
  endpoints: {
    authorization: 'https://authenticate.trustpilot.com',
    token: 'https://api.trustpilot.com/v1/oauth/oauth-business-users-for-applications/accesstoken',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

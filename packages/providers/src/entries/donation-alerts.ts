import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'donation-alerts',
  name: 'DonationAlerts',
  protocol: 'oauth2',
  domains: ['donationalerts.com'],
  endpoints: {
    authorization: 'https://www.donationalerts.com/oauth/authorize',
    token: 'https://www.donationalerts.com/oauth/token',
    userinfo: 'https://www.donationalerts.com/api/v1/user/oauth',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: {
    docs: 'https://www.donationalerts.com/apidoc#api_v1__users__user_profile_information',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

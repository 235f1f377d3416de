import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'campaign-monitor',
  name: 'Campaign Monitor',
  protocol: 'oauth2',
  domains: ['createsend.com'],
  endpoints: {
    authorization: 'https://api.createsend.com/oauth',
    token: 'https://api.createsend.com/oauth/token',
  },
  scopes: { separator: ',' },
  authorizeParams: { type: 'web_server' },
  identity: {
    from: 'nothing',
    because: 'The API lists the clients of an account and does not say who consented.',
  },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 1_209_600 },
  localhost: 'unknown',
  apiHosts: ['api.createsend.com'],
  links: { docs: 'https://www.campaignmonitor.com/api/getting-started/' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

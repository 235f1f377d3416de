import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'delivery',
  name: 'Delivery',
  protocol: 'oauth2',
  domains: ['delivery.com'],
  endpoints: {
    authorization: 'https://api.delivery.com/third_party/authorize',
    token: 'https://api.delivery.com/third_party/access_token',
    userinfo: 'https://api.delivery.com/customer/account',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

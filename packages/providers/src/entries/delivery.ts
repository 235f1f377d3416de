import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'delivery',
  name: 'delivery.com',
  protocol: 'oauth2',
  domains: ['delivery.com'],
  endpoints: {
    authorization: 'https://api.delivery.com/third_party/authorize',
    token: 'https://api.delivery.com/third_party/access_token',
  },
  scopes: { connect: ['global'] },
  identity: {
    from: 'nothing',
    because: 'What the account answer holds is not known well enough to name a person by it.',
  },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  apiHosts: ['api.delivery.com'],
  links: { docs: 'https://developers.delivery.com/' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

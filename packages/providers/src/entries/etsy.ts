import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'etsy',
  name: 'Etsy',
  protocol: 'oauth2',
  domains: ['etsy.com'],
  endpoints: {
    authorization: 'https://www.etsy.com/oauth/connect',
    token: 'https://api.etsy.com/v3/public/oauth/token',
    userinfo: 'https://openapi.etsy.com/v3/application/users/me',
  },
  clientAuthentication: 'basic',
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: { docs: 'https://developer.etsy.com/documentation/reference#operation/getMe' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

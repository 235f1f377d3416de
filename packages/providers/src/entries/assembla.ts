import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'assembla',
  name: 'Assembla',
  protocol: 'oauth2',
  domains: ['assembla.com'],
  endpoints: {
    authorization: 'https://api.assembla.com/authorization',
    token: 'https://api.assembla.com/token',
    userinfo: 'https://api.assembla.com/v1/user.json',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'shoeboxed',
  name: 'Shoeboxed',
  protocol: 'oauth2',
  domains: ['shoeboxed.com'],
  endpoints: {
    authorization: 'https://id.shoeboxed.com/oauth/authorize',
    token: 'https://id.shoeboxed.com/oauth/token',
    userinfo: 'https://api.shoeboxed.com/v2/user',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

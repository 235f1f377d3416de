import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'podio',
  name: 'Podio',
  protocol: 'oauth2',
  domains: ['podio.com'],
  endpoints: {
    authorization: 'https://podio.com/oauth/authorize',
    token: 'https://podio.com/oauth/token',
    userinfo: 'https://api.podio.com/user',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

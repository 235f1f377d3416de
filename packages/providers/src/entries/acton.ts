import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'acton',
  name: 'Acton',
  protocol: 'oauth2',
  domains: ['actonsoftware.com'],
  endpoints: {
    authorization: 'https://restapi.actonsoftware.com/authorize',
    token: 'https://restapi.actonsoftware.com/token',
    userinfo: 'https://restapi.actonsoftware.com/api/1/account',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

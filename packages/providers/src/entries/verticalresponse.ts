import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'verticalresponse',
  name: 'Verticalresponse',
  protocol: 'oauth2',
  domains: ['verticalresponse.com'],
  endpoints: {
    authorization: 'https://vrapi.verticalresponse.com/api/v1/oauth/authorize',
    token: 'https://vrapi.verticalresponse.com/api/v1/oauth/access_token',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'verticalresponse',
  name: 'VerticalResponse',
  protocol: 'oauth2',
  domains: ['verticalresponse.com'],
  endpoints: {
    authorization: 'https://vrapi.verticalresponse.com/api/v1/oauth/authorize',
    token: 'https://vrapi.verticalresponse.com/api/v1/oauth/access_token',
  },
  quirks: ['get-token-request', 'no-scope-parameter', 'nonstandard-token-fields'],
  identity: { from: 'nothing', because: 'No request is known that tells whose account it is.' },
  refresh: { issued: 'no' },
  localhost: 'unknown',
  apiHosts: ['vrapi.verticalresponse.com'],
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
  links: {},
}

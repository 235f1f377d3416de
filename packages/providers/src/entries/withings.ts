import type { Entry } from '../entry.ts'

// TODO subject? profile={}
// TODO disagreements: [{"field": "userinfoEndpoint", "values": [{"value": "https://wbsapi.withings.net/measure", "sources": 1}, {"value": "https://wbsapi.withings.net/v2/user", "sources": 1}]}]
// TODO derived quirks expected: comma-scopes nested-token-response
export const entry: Entry = {
  id: 'withings',
  name: 'Withings',
  protocol: 'oauth2',
  domains: ['withings.com', 'withings.net'],
  endpoints: {
    authorization: 'https://account.withings.com/oauth2_user/authorize2',
    token: 'https://wbsapi.withings.net/v2/oauth2',
    userinfo: 'https://wbsapi.withings.net/v2/user',
  },
  scopes: { separator: ',' },
  quirks: ['error-with-http-200'],
  wire: {
    tokenExtra: { action: 'requesttoken' },
    tokenPath: 'body',
    tokenSuccess: { member: 'status', good: 0 },
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { docs: 'https://developer.withings.com/api-reference/#tag/measure' },
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

import type { Entry } from '../entry.ts'

// TODO subject? profile={}
// TODO derived quirks expected: oauth1-scope-in-authorize
export const entry: Entry = {
  id: 'ravelry',
  name: 'Ravelry',
  protocol: 'oauth1',
  domains: ['ravelry.com'],
  endpoints: {
    authorization: 'https://www.ravelry.com/oauth/authorize',
    token: 'https://www.ravelry.com/oauth/access_token',
    requestToken: 'https://www.ravelry.com/oauth/request_token',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'no', neverExpires: true },
  oauth1: { signatureMethod: 'HMAC-SHA1' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

import type { Entry } from '../entry.ts'

// TODO subject? profile={}
// TODO derived quirks expected: comma-scopes
export const entry: Entry = {
  id: 'smugmug',
  name: 'Smugmug',
  protocol: 'oauth1',
  domains: ['smugmug.com'],
  endpoints: {
    authorization: 'https://api.smugmug.com/services/oauth/1.0a/authorize',
    token: 'https://api.smugmug.com/services/oauth/1.0a/getAccessToken',
    requestToken: 'https://api.smugmug.com/services/oauth/1.0a/getRequestToken',
  },
  scopes: { separator: ',' },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'no', neverExpires: true },
  oauth1: { signatureMethod: 'HMAC-SHA1' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'projectplace-oauth1',
  name: 'Projectplace Oauth1',
  protocol: 'oauth1',
  domains: ['projectplace.com'],
  endpoints: {
    authorization: 'https://api.projectplace.com/authorize',
    token: 'https://api.projectplace.com/token',
    requestToken: 'https://api.projectplace.com/initiate',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'no', neverExpires: true },
  oauth1: { signatureMethod: 'HMAC-SHA1' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

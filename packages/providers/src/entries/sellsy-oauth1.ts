import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'sellsy-oauth1',
  name: 'Sellsy Oauth1',
  protocol: 'oauth1',
  domains: ['sellsy.com'],
  endpoints: {
    authorization: 'https://apifeed.sellsy.com/0/login.php',
    token: 'https://apifeed.sellsy.com/0/oauth/access_token',
    requestToken: 'https://apifeed.sellsy.com/0/request_token',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'no', neverExpires: true },
  oauth1: { signatureMethod: 'HMAC-SHA1' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

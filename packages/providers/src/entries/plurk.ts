import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'plurk',
  name: 'Plurk',
  protocol: 'oauth1',
  domains: ['plurk.com'],
  endpoints: {
    authorization: 'https://www.plurk.com/OAuth/authorize',
    token: 'https://www.plurk.com/OAuth/access_token',
    userinfo: 'https://www.plurk.com/APP/Profile/getOwnProfile',
    requestToken: 'https://www.plurk.com/OAuth/request_token',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'no', neverExpires: true },
  oauth1: { signatureMethod: 'HMAC-SHA1' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

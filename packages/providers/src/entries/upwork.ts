import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'upwork',
  name: 'Upwork',
  protocol: 'oauth1',
  domains: ['upwork.com'],
  endpoints: {
    authorization: 'https://www.upwork.com/services/api/auth',
    token: 'https://www.upwork.com/api/auth/v1/oauth/token/access',
    userinfo: 'https://www.upwork.com/api/info.json',
    requestToken: 'https://www.upwork.com/api/auth/v1/oauth/token/request',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'no', neverExpires: true },
  oauth1: { signatureMethod: 'HMAC-SHA1' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

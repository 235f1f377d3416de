import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'alchemer',
  name: 'Alchemer',
  protocol: 'oauth1',
  domains: ['alchemer.com'],
  endpoints: {
    authorization: 'https://api.alchemer.com/head/oauth/authenticate',
    token: 'https://api.alchemer.com/head/oauth/access_token',
    userinfo: 'https://api.alchemer.com/v4/accountuser',
    requestToken: 'https://api.alchemer.com/head/oauth/request_token',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'no', neverExpires: true },
  oauth1: { signatureMethod: 'HMAC-SHA1' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

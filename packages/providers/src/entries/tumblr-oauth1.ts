import type { Entry } from '../entry.ts'

// TODO notes: "a source gives http:// for userinfoEndpoint"
export const entry: Entry = {
  id: 'tumblr-oauth1',
  name: 'Tumblr',
  protocol: 'oauth1',
  domains: ['tumblr.com'],
  endpoints: {
    authorization: 'https://www.tumblr.com/oauth/authorize',
    token: 'https://www.tumblr.com/oauth/access_token',
    userinfo: 'https://api.tumblr.com/v2/user/info',
    requestToken: 'https://www.tumblr.com/oauth/request_token',
  },
  identity: { from: 'userinfo', subject: 'name' },
  refresh: { issued: 'no', neverExpires: true },
  oauth1: { signatureMethod: 'HMAC-SHA1' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'tumblr-oauth1',
  name: 'Tumblr (OAuth 1.0a)',
  protocol: 'oauth1',
  domains: ['tumblr.com'],
  endpoints: {
    requestToken: 'https://www.tumblr.com/oauth/request_token',
    authorization: 'https://www.tumblr.com/oauth/authorize',
    token: 'https://www.tumblr.com/oauth/access_token',
  },
  identity: {
    from: 'nothing',
    because: "Its API names a person by the blog's name, which can be changed and taken by somebody else.",
  },
  refresh: { issued: 'no', neverExpires: true },
  oauth1: { signatureMethod: 'HMAC-SHA1' },
  localhost: 'allowed',
  apiHosts: ['api.tumblr.com'],
  links: {
    console: 'https://www.tumblr.com/oauth/apps',
    docs: 'https://www.tumblr.com/docs/en/api/v2#oauth1-authorization',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

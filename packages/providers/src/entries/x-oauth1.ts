import type { Entry } from '../entry.ts'

// TODO requestTokenQuery ['x_auth_access_type']
// TODO disagreements: [{"field": "requestTokenEndpoint", "values": [{"value": "https://api.twitter.com/oauth/request_token", "sources": 1}, {"value": "https://api.x.com/oauth/request_token", "sources": 1}]}, {"field": "authorizationEndpoint", "values": [{"value": "https://api.x.com/oauth/authenticate", "sources": 1}, {"value": "https://api.twitter.com/oauth/authenticate", "sources": 1}]}, {"field": "tokenEndpoint", "values": [{"value": "https://api.twitter.com/oauth/access_token", "sources": 1}, {"value": "https://api.x.com/oauth/access_token", "sources": 1}]}]
// TODO derived quirks expected: oauth1-extra-params
export const entry: Entry = {
  id: 'x-oauth1',
  name: 'X (Twitter) OAuth 1.0a',
  protocol: 'oauth1',
  domains: ['twitter.com'],
  endpoints: {
    authorization: 'https://api.twitter.com/oauth/authorize',
    token: 'https://api.twitter.com/oauth/access_token',
    userinfo: 'https://api.twitter.com/1.1/users/show.json',
    requestToken: 'https://api.twitter.com/oauth/request_token',
  },
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: 'name',
    email: 'email',
    picture: 'profile_image_url',
  },
  refresh: { issued: 'no', neverExpires: true },
  oauth1: { signatureMethod: 'HMAC-SHA1' },
  localhost: 'allowed',
  links: { docs: 'https://developer.x.com/en/portal/apps/new' },
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

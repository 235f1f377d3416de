import type { Entry } from '../entry.ts'

// TODO disagreements: [{"field": "authorizationEndpoint", "values": [{"value": "https://www.xing.com/v1/authorize", "sources": 1}, {"value": "https://api.xing.com/v1/authorize", "sources": 1}]}]
export const entry: Entry = {
  id: 'xing',
  name: 'Xing',
  protocol: 'oauth1',
  domains: ['xing.com'],
  endpoints: {
    authorization: 'https://www.xing.com/v1/authorize',
    token: 'https://api.xing.com/v1/access_token',
    userinfo: 'https://api.xing.com/v1/users/me.json',
    requestToken: 'https://api.xing.com/v1/request_token',
  },
  identity: {
    from: 'userinfo',
    subject: 'id',
    email: 'active_email',
    picture: 'photo_urls.large',
  },
  refresh: { issued: 'no', neverExpires: true },
  oauth1: { signatureMethod: 'HMAC-SHA1' },
  localhost: 'allowed',
  links: {
    docs: 'https://dev.xing.com/applications',
    console: 'https://dev.xing.com/applications',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

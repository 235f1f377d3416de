import type { Entry } from '../entry.ts'

// TODO disagreements: [{"field": "scopeSeparator", "values": [{"value": ",", "sources": 1}, {"value": " ", "sources": 1}]}]
// TODO derived quirks expected: comma-scopes token-in-query-userinfo
export const entry: Entry = {
  id: 'weibo',
  name: 'Weibo',
  protocol: 'oauth2',
  domains: ['weibo.com'],
  endpoints: {
    authorization: 'https://api.weibo.com/oauth2/authorize',
    token: 'https://api.weibo.com/oauth2/access_token',
    userinfo: 'https://api.weibo.com/2/users/show.json',
    revocation: 'https://api.weibo.com/oauth2/revokeoauth2',
  },
  scopes: { separator: ',' },
  wire: {
    userinfoQuery: {
      access_token: '{access_token}',
      uid: '{token.uid}',
    },
  },
  identity: { from: 'userinfo', subject: 'id', name: 'name', picture: 'avatar_large' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {
    docs: 'https://open.weibo.com/wiki/%E6%8E%88%E6%9D%83%E6%9C%BA%E5%88%B6%E8%AF%B4%E6%98%8E',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 4 },
}

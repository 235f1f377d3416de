import type { Entry } from '../entry.ts'

// TODO subject? profile={"name": "nickname"}
// TODO disagreements: [{"field": "userinfoEndpoint", "values": [{"value": "https://graph.qq.com/user/get_user_info", "sources": 1}, {"value": "https://graph.qq.com/oauth2.0/me", "sources": 1}]}]
// TODO derived quirks expected: comma-scopes
export const entry: Entry = {
  id: 'qq',
  name: 'QQ',
  protocol: 'oauth2',
  domains: ['qq.com'],
  endpoints: {
    authorization: 'https://graph.qq.com/oauth2.0/authorize',
    token: 'https://graph.qq.com/oauth2.0/token',
    userinfo: 'https://graph.qq.com/user/get_user_info',
  },
  scopes: { separator: ',', signIn: ['get_user_info'] },
  quirks: ['get-token-request', 'userinfo-wrong-content-type'],
  wire: {
    userinfoQuery: {
      access_token: '{access_token}',
    },
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

import type { Entry } from '../entry.ts'

// TODO disagreements: [{"field": "tokenEndpoint", "values": [{"value": "https://passport.feishu.cn/suite/passport/oauth/token", "sources": 1}, {"value": "https://open.feishu.cn/open-apis/authen/v1/access_token", "sources": 1}]}, {"field": "userinfoEndpoint", "values": [{"value": "https://passport.feishu.cn/suite/passport/oauth/userinfo", "sources": 1}, {"value": "https://open.feishu.cn/open-apis/authen/v1/user_info", "sources": 1}]}]
export const entry: Entry = {
  id: 'feishu',
  name: 'feishu',
  protocol: 'oauth2',
  domains: ['feishu.cn'],
  endpoints: {
    authorization: 'https://passport.feishu.cn/suite/passport/oauth/authorize',
    token: 'https://passport.feishu.cn/suite/passport/oauth/token',
    userinfo: 'https://passport.feishu.cn/suite/passport/oauth/userinfo',
  },
  identity: { from: 'userinfo', subject: 'open_id', name: 'name', picture: 'avatar_big' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { docs: 'https://open.feishu.cn/app', console: 'https://open.feishu.cn/app' },
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

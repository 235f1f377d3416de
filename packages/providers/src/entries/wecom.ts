import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'wecom',
  name: 'WeCom (Work Weixin)',
  protocol: 'oauth2',
  domains: ['qq.com'],
  endpoints: {
    authorization: 'https://open.work.weixin.qq.com/wwopen/sso/qrConnect',
    token: 'https://qyapi.weixin.qq.com/cgi-bin/gettoken',
    userinfo: 'https://qyapi.weixin.qq.com/cgi-bin/user/get',
  },
  identity: { from: 'userinfo', subject: 'userid', name: 'name', email: 'email' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

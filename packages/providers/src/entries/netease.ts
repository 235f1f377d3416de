import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'netease',
  name: 'NetEase',
  protocol: 'oauth2',
  domains: ['163.com'],
  endpoints: {
    authorization: 'https://reg.163.com/open/oauth2/authorize.do',
    token: 'https://reg.163.com/open/oauth2/token.do',
    userinfo: 'https://reg.163.com/open/oauth2/getUserInfo.do',
  },
  identity: { from: 'userinfo', subject: 'userId', name: 'username' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

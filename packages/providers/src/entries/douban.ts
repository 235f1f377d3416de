import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'douban',
  name: 'Douban',
  protocol: 'oauth2',
  domains: ['douban.com'],
  endpoints: {
    authorization: 'https://www.douban.com/service/auth2/auth',
    token: 'https://www.douban.com/service/auth2/token',
    userinfo: 'https://api.douban.com/v2/user/~me',
  },
  identity: { from: 'userinfo', subject: 'id', picture: 'large_avatar' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'kook',
  name: 'KOOK',
  protocol: 'oauth2',
  domains: ['kookapp.cn'],
  endpoints: {
    authorization: 'https://www.kookapp.cn/app/oauth2/authorize',
    token: 'https://www.kookapp.cn/api/oauth2/token',
    userinfo: 'https://www.kookapp.cn/api/v3/user/me',
  },
  scopes: { signIn: ['get_user_info'] },
  identity: {
    from: 'userinfo',
    subject: 'data.id',
    name: 'data.username',
    picture: 'data.avatar',
  },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  apiHosts: ['www.kookapp.cn'],
  links: {
    console: 'https://developer.kookapp.cn/app/index',
    docs: 'https://developer.kookapp.cn/doc/oauth2',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

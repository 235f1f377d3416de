import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'gitee',
  name: 'Gitee',
  protocol: 'oauth2',
  domains: ['gitee.com'],
  endpoints: {
    authorization: 'https://gitee.com/oauth/authorize',
    token: 'https://gitee.com/oauth/token',
    userinfo: 'https://gitee.com/api/v5/user',
  },
  scopes: { signIn: ['user_info'] },
  identity: { from: 'userinfo', subject: 'id', name: 'login', email: 'email' },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: { docs: 'https://gitee.com/api/v5/oauth_doc#/' },
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

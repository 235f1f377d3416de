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
  scopes: { separator: ',', signIn: ['douban_basic_common'] },
  quirks: ['nonstandard-token-fields'],
  identity: { from: 'userinfo', subject: 'id', name: 'name', login: 'uid', picture: 'large_avatar' },
  refresh: { issued: 'yes', accessTokenSeconds: 604_800 },
  localhost: 'unknown',
  apiHosts: ['api.douban.com'],
  links: { docs: 'https://www.douban.com/service/auth2/' },
  ending: 'Douban gives out no new API keys.',
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}

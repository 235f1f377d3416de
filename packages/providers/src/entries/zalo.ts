import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'zalo',
  name: 'Zalo',
  protocol: 'oauth2',
  domains: ['zalo.me', 'zaloapp.com'],
  endpoints: {
    authorization: 'https://oauth.zaloapp.com/v3/auth',
    token: 'https://oauth.zaloapp.com/v3/access_token',
    userinfo: 'https://graph.zalo.me/v2.0/me',
  },
  identity: { from: 'userinfo', subject: 'id', name: 'name' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

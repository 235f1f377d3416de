import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'xaman',
  name: 'Xumm',
  protocol: 'oauth2',
  domains: ['xumm.app'],
  endpoints: {
    authorization: 'https://oauth2.xumm.app/auth',
    token: 'https://oauth2.xumm.app/token',
    userinfo: 'https://oauth2.xumm.app/userinfo',
  },
  identity: { from: 'userinfo', subject: 'sub', name: 'name', email: 'email' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

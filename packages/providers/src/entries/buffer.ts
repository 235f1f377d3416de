import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'buffer',
  name: 'Buffer',
  protocol: 'oauth2',
  domains: ['buffer.com', 'bufferapp.com'],
  endpoints: {
    authorization: 'https://auth.buffer.com/auth',
    token: 'https://auth.buffer.com/token',
    userinfo: 'https://api.bufferapp.com/1/user.json',
  },
  scopes: { connect: ['offline_access'] },
  identity: { from: 'userinfo', subject: 'id' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'runkeeper',
  name: 'HealthGraph',
  protocol: 'oauth2',
  domains: ['runkeeper.com'],
  endpoints: {
    authorization: 'https://runkeeper.com/apps/authorize',
    token: 'https://runkeeper.com/apps/token',
    userinfo: 'https://api.runkeeper.com/user',
  },
  identity: { from: 'userinfo', subject: 'userID' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

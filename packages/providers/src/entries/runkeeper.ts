import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'runkeeper',
  name: 'Runkeeper',
  protocol: 'oauth2',
  domains: ['runkeeper.com'],
  endpoints: {
    authorization: 'https://runkeeper.com/apps/authorize',
    token: 'https://runkeeper.com/apps/token',
    userinfo: 'https://api.runkeeper.com/user',
  },
  quirks: ['no-scope-parameter', 'userinfo-wrong-content-type'],
  identity: { from: 'userinfo', subject: 'userID' },
  refresh: { issued: 'no', neverExpires: true },
  localhost: 'unknown',
  apiHosts: ['api.runkeeper.com'],
  ending: 'Its Health Graph API takes no new partners.',
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
  links: {},
}

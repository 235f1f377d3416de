import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'shikimori',
  name: 'Shikimori',
  protocol: 'oauth2',
  domains: ['shikimori.one'],
  endpoints: {
    authorization: 'https://shikimori.one/oauth/authorize',
    token: 'https://shikimori.one/oauth/token',
    userinfo: 'https://shikimori.one/api/users/whoami',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

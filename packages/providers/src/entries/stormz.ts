import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'stormz',
  name: 'Stormz',
  protocol: 'oauth2',
  domains: ['stormz.me'],
  endpoints: {
    authorization: 'https://stormz.me/oauth/authorize',
    token: 'https://stormz.me/oauth/token',
    userinfo: 'https://api.stormz.me/v1/user/me',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

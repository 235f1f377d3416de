import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'traxo',
  name: 'Traxo',
  protocol: 'oauth2',
  domains: ['traxo.com'],
  endpoints: {
    authorization: 'https://www.traxo.com/oauth/authenticate',
    token: 'https://www.traxo.com/oauth/token',
    userinfo: 'https://api.traxo.com/v2/me',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

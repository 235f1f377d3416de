import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'mendeley',
  name: 'Mendeley',
  protocol: 'oauth2',
  domains: ['mendeley.com'],
  endpoints: {
    authorization: 'https://api.mendeley.com/oauth/authorize',
    token: 'https://api.mendeley.com/oauth/token',
    userinfo: 'https://api.mendeley.com/profiles/me',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'thingiverse',
  name: 'Thingiverse',
  protocol: 'oauth2',
  domains: ['thingiverse.com'],
  endpoints: {
    authorization: 'https://www.thingiverse.com/login/oauth/authorize',
    token: 'https://www.thingiverse.com/login/oauth/access_token',
    userinfo: 'https://api.thingiverse.com/users/me',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

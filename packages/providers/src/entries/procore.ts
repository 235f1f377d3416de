import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'procore',
  name: 'Procore',
  protocol: 'oauth2',
  domains: ['procore.com'],
  endpoints: {
    authorization: 'https://login.procore.com/oauth/authorize',
    token: 'https://login.procore.com/oauth/token',
    userinfo: 'https://api.procore.com/rest/v1.0/me',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

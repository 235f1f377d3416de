import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'aweber',
  name: 'Aweber',
  protocol: 'oauth2',
  domains: ['aweber.com'],
  endpoints: {
    authorization: 'https://auth.aweber.com/oauth2/authorize',
    token: 'https://auth.aweber.com/oauth2/token',
    userinfo: 'https://api.aweber.com/1.0/accounts/me',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

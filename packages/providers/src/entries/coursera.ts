import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'coursera',
  name: 'Coursera',
  protocol: 'oauth2',
  domains: ['coursera.org'],
  endpoints: {
    authorization: 'https://accounts.coursera.org/oauth2/v1/auth',
    token: 'https://accounts.coursera.org/oauth2/v1/token',
    userinfo: 'https://api.coursera.org/api/externalBasicProfiles.v1',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

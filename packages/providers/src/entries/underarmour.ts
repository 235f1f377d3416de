import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'underarmour',
  name: 'Underarmour',
  protocol: 'oauth2',
  domains: ['mapmyfitness.com', 'ua.com'],
  endpoints: {
    authorization: 'https://www.mapmyfitness.com/v7.1/oauth2/uacf/authorize',
    token: 'https://api.mapmyfitness.com/v7.1/oauth2/access_token',
    userinfo: 'https://api.ua.com/v7.1/user/self',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'mapmyfitness',
  name: 'Mapmyfitness',
  protocol: 'oauth2',
  domains: ['mapmyapi.com', 'mapmyfitness.com'],
  endpoints: {
    authorization: 'https://www.mapmyfitness.com/v7.1/oauth2/uacf/authorize',
    token: 'https://api.mapmyfitness.com/v7.1/oauth2/access_token',
    userinfo: 'https://oauth2-api.mapmyapi.com/v7.1/user/self',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

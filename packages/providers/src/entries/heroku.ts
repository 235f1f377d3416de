import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'heroku',
  name: 'Heroku',
  protocol: 'oauth2',
  domains: ['heroku.com'],
  endpoints: {
    authorization: 'https://id.heroku.com/oauth/authorize',
    token: 'https://id.heroku.com/oauth/token',
    userinfo: 'https://api.heroku.com/account',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'start-gg',
  name: 'Start.gg',
  protocol: 'oauth2',
  domains: ['start.gg'],
  endpoints: {
    authorization: 'https://start.gg/oauth/authorize',
    token: 'https://api.start.gg/oauth/access_token',
    userinfo: 'https://api.start.gg/gql/alpha',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: { docs: 'https://developer.start.gg/reference/user.doc' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

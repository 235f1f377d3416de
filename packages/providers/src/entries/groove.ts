import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'groove',
  name: 'Groove',
  protocol: 'oauth2',
  domains: ['groovehq.com'],
  endpoints: {
    authorization: 'https://api.groovehq.com/oauth/authorize',
    token: 'https://api.groovehq.com/oauth/token',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

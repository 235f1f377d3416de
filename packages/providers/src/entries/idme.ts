import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'idme',
  name: 'ID.me',
  protocol: 'oauth2',
  domains: ['id.me'],
  endpoints: {
    authorization: 'https://api.id.me/oauth/authorize',
    token: 'https://api.id.me/oauth/token',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

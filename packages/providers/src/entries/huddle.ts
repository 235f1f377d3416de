import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'huddle',
  name: 'Huddle',
  protocol: 'oauth2',
  domains: ['huddle.net'],
  endpoints: {
    authorization: 'https://login.huddle.net/request',
    token: 'https://login.huddle.net/token',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'nokotime',
  name: 'Nokotime',
  protocol: 'oauth2',
  domains: ['nokotime.com'],
  endpoints: {
    authorization: 'https://secure.nokotime.com/oauth/2/authorize',
    token: 'https://secure.nokotime.com/oauth/2/access_token',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

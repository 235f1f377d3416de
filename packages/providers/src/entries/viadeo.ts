import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'viadeo',
  name: 'Viadeo',
  protocol: 'oauth2',
  domains: ['viadeo.com'],
  endpoints: {
    authorization: 'https://partners.viadeo.com/oauth/authorize',
    token: 'https://partners.viadeo.com/oauth/token',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

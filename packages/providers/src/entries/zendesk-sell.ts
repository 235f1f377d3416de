import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'zendesk-sell',
  name: 'Zendesk Sell',
  protocol: 'oauth2',
  domains: ['getbase.com'],
  endpoints: {
    authorization: 'https://api.getbase.com/oauth2/authorize',
    token: 'https://api.getbase.com/oauth2/token',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

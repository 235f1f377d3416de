import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'formstack',
  name: 'Formstack',
  protocol: 'oauth2',
  domains: ['formstack.com'],
  endpoints: {
    authorization: 'https://www.formstack.com/api/v2/oauth2/authorize',
    token: 'https://www.formstack.com/api/v2/oauth2/token',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

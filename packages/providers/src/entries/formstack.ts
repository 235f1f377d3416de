import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'formstack',
  name: 'Formstack',
  protocol: 'oauth2',
  domains: ['formstack.com'],
  endpoints: {
    authorization: 'https://www.formstack.com/api/v2/oauth2/authorize',
    token: 'https://www.formstack.com/api/v2/oauth2/token',
  },
  identity: { from: 'nothing', because: 'The API has no method that tells who consented.' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  apiHosts: ['www.formstack.com'],
  links: { docs: 'https://developers.formstack.com/reference/api-overview' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

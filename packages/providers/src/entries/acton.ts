import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'acton',
  name: 'Act-On',
  protocol: 'oauth2',
  domains: ['actonsoftware.com'],
  endpoints: {
    authorization: 'https://restapi.actonsoftware.com/authorize',
    token: 'https://restapi.actonsoftware.com/token',
  },
  identity: {
    from: 'nothing',
    because: 'The API describes the company account, which several people share.',
  },
  refresh: { issued: 'yes', accessTokenSeconds: 3600 },
  localhost: 'unknown',
  apiHosts: ['restapi.actonsoftware.com'],
  links: { docs: 'https://developer.act-on.com/' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

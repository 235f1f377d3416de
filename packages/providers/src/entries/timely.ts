import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'timely',
  name: 'Timely',
  protocol: 'oauth2',
  domains: ['timelyapp.com'],
  endpoints: {
    authorization: 'https://api.timelyapp.com/1.1/oauth/authorize',
    token: 'https://api.timelyapp.com/1.1/oauth/token',
  },
  identity: {
    from: 'nothing',
    because: 'Its API names a person only within a company account, which has to be known first.',
  },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  apiHosts: ['api.timelyapp.com'],
  links: { docs: 'https://dev.timelyapp.com/' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

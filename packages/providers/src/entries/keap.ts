import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'keap',
  name: 'Keap',
  protocol: 'oauth2',
  domains: ['infusionsoft.com'],
  endpoints: {
    authorization: 'https://accounts.infusionsoft.com/app/oauth/authorize',
    token: 'https://api.infusionsoft.com/token',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

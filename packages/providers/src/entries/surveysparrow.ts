import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'surveysparrow',
  name: 'Surveysparrow',
  protocol: 'oauth2',
  domains: ['surveysparrow.com'],
  endpoints: {
    authorization: 'https://app.surveysparrow.com/o/oauth/auth',
    token: 'https://app.surveysparrow.com/o/oauth/token',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

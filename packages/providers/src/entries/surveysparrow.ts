import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'surveysparrow',
  name: 'SurveySparrow',
  protocol: 'oauth2',
  domains: ['surveysparrow.com'],
  endpoints: {
    authorization: 'https://app.surveysparrow.com/o/oauth/auth',
    token: 'https://app.surveysparrow.com/o/oauth/token',
  },
  identity: { from: 'nothing', because: 'No request is known that tells whose account it is.' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { docs: 'https://developers.surveysparrow.com/' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

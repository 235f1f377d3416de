import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'weekdone',
  name: 'Weekdone',
  protocol: 'oauth2',
  domains: ['weekdone.com'],
  endpoints: {
    authorization: 'https://weekdone.com/oauth_authorize',
    token: 'https://weekdone.com/oauth_token',
  },
  identity: { from: 'nothing', because: 'No request is known that tells whose account it is.' },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  apiHosts: ['api.weekdone.com'],
  links: { docs: 'https://weekdone.com/developer' },
  traps: ['API calls want the token as the query parameter token.'],
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

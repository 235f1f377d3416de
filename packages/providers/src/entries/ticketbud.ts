import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'ticketbud',
  name: 'Ticketbud',
  protocol: 'oauth2',
  domains: ['ticketbud.com'],
  endpoints: {
    authorization: 'https://api.ticketbud.com/oauth/authorize',
    token: 'https://api.ticketbud.com/oauth/token',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

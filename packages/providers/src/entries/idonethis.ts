import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'idonethis',
  name: 'I Done This',
  protocol: 'oauth2',
  domains: ['idonethis.com'],
  endpoints: {
    authorization: 'https://idonethis.com/api/oauth2/authorize/',
    token: 'https://idonethis.com/api/oauth2/token/',
  },
  identity: {
    from: 'nothing',
    because: 'Its API knows people by a user name, and never said that one is not given out twice.',
  },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  ending: 'The API with these endpoints was followed by one with keys instead of OAuth.',
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

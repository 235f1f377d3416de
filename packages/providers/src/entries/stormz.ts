import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'stormz',
  name: 'Stormz',
  protocol: 'oauth2',
  domains: ['stormz.me'],
  endpoints: {
    authorization: 'https://stormz.me/oauth/authorize',
    token: 'https://stormz.me/oauth/token',
  },
  identity: {
    from: 'nothing',
    because: 'The one source names an address for the profile but no field of its answer.',
  },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
  links: {},
}

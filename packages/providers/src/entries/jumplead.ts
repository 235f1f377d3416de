import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'jumplead',
  name: 'Jumplead',
  protocol: 'oauth2',
  domains: ['mooloop.com'],
  endpoints: {
    authorization: 'https://account.mooloop.com/oauth/authorize',
    token: 'https://account.mooloop.com/oauth/access_token',
  },
  identity: {
    from: 'nothing',
    because: 'No description of its API that is still public names a call that says whose a token is.',
  },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  ending: 'Nothing public shows that the product is still kept up.',
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

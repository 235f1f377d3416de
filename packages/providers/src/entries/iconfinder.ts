import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'iconfinder',
  name: 'Iconfinder',
  protocol: 'oauth2',
  domains: ['iconfinder.com'],
  endpoints: {
    authorization: 'https://www.iconfinder.com/api/v2/oauth2/authorize',
    token: 'https://www.iconfinder.com/api/v2/oauth2/token',
  },
  identity: {
    from: 'nothing',
    because: 'The API that these tokens were for has no call that says whose they are.',
  },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { docs: 'https://developer.iconfinder.com/' },
  ending:
    'Iconfinder documents API keys of version 4 only; version 2, which these endpoints belong to, may go.',
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'drip',
  name: 'Drip',
  protocol: 'oauth2',
  domains: ['getdrip.com', 'drip.com'],
  endpoints: {
    authorization: 'https://www.getdrip.com/oauth/authorize',
    token: 'https://www.getdrip.com/oauth/token',
  },
  identity: {
    from: 'nothing',
    because: 'The API describes the person by name and e-mail address, and by no id.',
  },
  refresh: { issued: 'no', neverExpires: true },
  localhost: 'allowed',
  apiHosts: ['api.getdrip.com'],
  links: { console: 'https://www.getdrip.com/user/applications', docs: 'https://developer.drip.com/' },
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

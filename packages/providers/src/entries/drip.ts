import type { Entry } from '../entry.ts'

// TODO subject? profile={"email": "email.name", "name": "name", "under": "users"}
export const entry: Entry = {
  id: 'drip',
  name: 'Drip',
  protocol: 'oauth2',
  domains: ['getdrip.com'],
  endpoints: {
    authorization: 'https://www.getdrip.com/oauth/authorize',
    token: 'https://www.getdrip.com/oauth/token',
    userinfo: 'https://api.getdrip.com/v2/user',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'allowed',
  links: {
    docs: 'https://www.getdrip.com/user/applications',
    console: 'https://www.getdrip.com/user/applications',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

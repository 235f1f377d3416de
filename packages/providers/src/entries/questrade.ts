import type { Entry } from '../entry.ts'

// TODO subject? profile={"subject": "userId"}
export const entry: Entry = {
  id: 'questrade',
  name: 'Questrade',
  protocol: 'oauth2',
  domains: ['questrade.com'],
  endpoints: {
    authorization: 'https://login.questrade.com/oauth2/authorize',
    token: 'https://login.questrade.com/oauth2/token',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {
    docs: 'https://www.questrade.com/api/documentation/getting-started',
    console: 'https://www.questrade.com/api/documentation/getting-started',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

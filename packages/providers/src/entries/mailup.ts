import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'mailup',
  name: 'Mailup',
  protocol: 'oauth2',
  domains: ['mailup.com'],
  endpoints: {
    authorization: 'https://services.mailup.com/Authorization/OAuth/Authorization',
    token: 'https://services.mailup.com/Authorization/OAuth/Token',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

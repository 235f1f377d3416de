import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'acuityscheduling',
  name: 'Acuityscheduling',
  protocol: 'oauth2',
  domains: ['acuityscheduling.com'],
  endpoints: {
    authorization: 'https://acuityscheduling.com/oauth2/authorize',
    token: 'https://acuityscheduling.com/oauth2/token',
    userinfo: 'https://acuityscheduling.com/api/v1/me',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

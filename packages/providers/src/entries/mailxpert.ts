import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'mailxpert',
  name: 'Mailxpert',
  protocol: 'oauth2',
  domains: ['mailxpert.ch'],
  endpoints: {
    authorization: 'https://app.mailxpert.ch/oauth/v2/auth',
    token: 'https://app.mailxpert.ch/oauth/v2/token',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'mailxpert',
  name: 'mailXpert',
  protocol: 'oauth2',
  domains: ['mailxpert.ch'],
  endpoints: {
    authorization: 'https://app.mailxpert.ch/oauth/v2/auth',
    token: 'https://app.mailxpert.ch/oauth/v2/token',
  },
  identity: {
    from: 'nothing',
    because: 'Its API is about contacts and mailings, with no call that says whose a token is.',
  },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'phantauth',
  name: 'Phantauth',
  protocol: 'oauth2',
  domains: ['phantauth.net'],
  endpoints: {
    authorization: 'https://phantauth.net/auth/authorize',
    token: 'https://phantauth.net/auth/token',
    userinfo: 'https://phantauth.net/auth/userinfo',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'authentiq',
  name: 'Authentiq',
  protocol: 'oauth2',
  domains: ['authentiq.io'],
  endpoints: {
    authorization: 'https://connect.authentiq.io/sign-in',
    token: 'https://connect.authentiq.io/token',
    userinfo: 'https://connect.authentiq.io/userinfo',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'ibm',
  name: 'Ibm',
  protocol: 'oauth2',
  domains: ['ibm.com'],
  endpoints: {
    authorization: 'https://login.ibm.com/oidc/endpoint/default/authorize',
    token: 'https://login.ibm.com/oidc/endpoint/default/token',
    userinfo: 'https://login.ibm.com/oidc/endpoint/default/userinfo',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

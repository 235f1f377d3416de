import type { Entry } from '../entry.ts'

// TODO subject? profile={}
// TODO derived quirks expected: private-key-client-auth
export const entry: Entry = {
  id: 'logingov',
  name: 'Logingov',
  protocol: 'oauth2',
  domains: ['identitysandbox.gov'],
  endpoints: {
    authorization: 'https://idp.int.identitysandbox.gov/openid_connect/authorize',
    token: 'https://idp.int.identitysandbox.gov/api/openid_connect/token',
    userinfo: 'https://idp.int.identitysandbox.gov/api/openid_connect/userinfo',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

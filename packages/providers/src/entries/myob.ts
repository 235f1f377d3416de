import type { Entry } from '../entry.ts'

// TODO subject? profile={"subject": "uid", "name": "username"}
// TODO derived quirks expected: tenant-in-callback
export const entry: Entry = {
  id: 'myob',
  name: 'MYOB',
  protocol: 'oauth2',
  domains: ['myob.com'],
  endpoints: {
    authorization: 'https://secure.myob.com/oauth2/account/authorize',
    token: 'https://secure.myob.com/oauth2/v1/authorize',
  },
  wire: { keepFromCallback: ['businessId'] },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'sharefile',
  name: 'ShareFile',
  protocol: 'oauth2',
  domains: ['sf-api.com', 'sharefile.com'],
  endpoints: {
    authorization: 'https://secure.sharefile.com/oauth/authorize',
    token: 'https://secure.sharefile.com/oauth/token',
    userinfo: 'https://secure.sf-api.com/sf/v3/Users',
  },
  identity: { from: 'userinfo', subject: 'Id', name: 'FullName', email: 'Email' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { docs: 'https://api.sharefile.com/rest/' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

import type { Entry } from '../entry.ts'

// TODO derived quirks expected: callback-error-nonstandard token-in-query-userinfo
export const entry: Entry = {
  id: 'mixcloud',
  name: 'Mixcloud',
  protocol: 'oauth2',
  domains: ['mixcloud.com'],
  endpoints: {
    authorization: 'https://www.mixcloud.com/oauth/authorize',
    token: 'https://www.mixcloud.com/oauth/access_token',
    userinfo: 'https://api.mixcloud.com/me',
  },
  quirks: ['state-unsupported', 'userinfo-wrong-content-type'],
  wire: {
    userinfoQuery: {
      access_token: '{access_token}',
    },
  },
  identity: { from: 'userinfo', subject: 'key', name: 'username' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { docs: 'https://www.mixcloud.com/developers/#authorization' },
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'baidu',
  name: 'Baidu',
  protocol: 'oauth2',
  domains: ['baidu.com'],
  endpoints: {
    authorization: 'https://openapi.baidu.com/oauth/2.0/authorize',
    token: 'https://openapi.baidu.com/oauth/2.0/token',
    userinfo: 'https://openapi.baidu.com/rest/2.0/passport/users/getLoggedInUser',
  },
  wire: {
    userinfoQuery: {
      access_token: '{access_token}',
    },
  },
  identity: { from: 'userinfo', subject: 'uid', name: 'uname', picture: 'portrait' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}

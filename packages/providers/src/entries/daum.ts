import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'daum',
  name: 'Daum',
  protocol: 'oauth2',
  domains: ['daum.net'],
  endpoints: {
    authorization: 'https://apis.daum.net/oauth2/authorize',
    token: 'https://apis.daum.net/oauth2/token',
    userinfo: 'https://apis.daum.net/user/v1/show.json',
  },
  identity: { from: 'userinfo', subject: 'result.id', picture: 'result.bigImagePath' },
  refresh: { issued: 'unknown' },
  localhost: 'allowed',
  links: {
    docs: 'https://developers.daum.net/console',
    console: 'https://developers.daum.net/console',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

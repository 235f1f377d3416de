import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'netease',
  name: 'NetEase',
  protocol: 'oauth2',
  domains: ['163.com'],
  endpoints: {
    authorization: 'https://reg.163.com/open/oauth2/authorize.do',
    token: 'https://reg.163.com/open/oauth2/token.do',
    userinfo: 'https://reg.163.com/open/oauth2/getUserInfo.do',
  },
  quirks: ['nonstandard-token-fields'],
  wire: { userinfoQuery: { access_token: '{access_token}' }, authorizationScheme: 'none' },
  identity: { from: 'userinfo', subject: 'userId', name: 'username', login: 'username' },
  refresh: { issued: 'no', accessTokenSeconds: 5184000 },
  localhost: 'unknown',
  links: { docs: 'https://reg.163.com/help/help_oauth2.html' },
  traps: ['Keys are given to business partners on request by e-mail; there is no console.'],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 3,
    decisions: [
      'Older examples have http addresses, which would show the secret; the same host answers https.',
    ],
  },
}

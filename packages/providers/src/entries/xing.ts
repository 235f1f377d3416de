import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'xing',
  name: 'XING',
  protocol: 'oauth1',
  domains: ['xing.com'],
  endpoints: {
    requestToken: 'https://api.xing.com/v1/request_token',
    authorization: 'https://api.xing.com/v1/authorize',
    token: 'https://api.xing.com/v1/access_token',
    userinfo: 'https://api.xing.com/v1/users/me',
  },
  identity: {
    from: 'userinfo',
    subject: 'users.0.id',
    name: 'users.0.display_name',
    email: 'users.0.active_email',
    picture: 'users.0.photo_urls.large',
  },
  refresh: { issued: 'no', neverExpires: true },
  oauth1: { signatureMethod: 'HMAC-SHA1' },
  localhost: 'allowed',
  apiHosts: ['api.xing.com'],
  links: { docs: 'https://dev.xing.com/docs/authentication' },
  traps: ['Keys are given out by hand, if at all.'],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 2,
    decisions: [
      'api.xing.com for all three steps, as its documentation has them.',
      'The profile is the first of the list users.',
    ],
  },
}

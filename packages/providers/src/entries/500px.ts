import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: '500px',
  name: '500px',
  protocol: 'oauth1',
  domains: ['500px.com'],
  endpoints: {
    authorization: 'https://api.500px.com/v1/oauth/authorize',
    token: 'https://api.500px.com/v1/oauth/access_token',
    userinfo: 'https://api.500px.com/v1/users',
    requestToken: 'https://api.500px.com/v1/oauth/request_token',
  },
  identity: {
    from: 'userinfo',
    subject: 'user.id',
    email: 'user.email',
    picture: 'user.userpic_url',
  },
  refresh: { issued: 'no', neverExpires: true },
  oauth1: { signatureMethod: 'HMAC-SHA1' },
  localhost: 'allowed',
  links: {
    docs: 'https://500px.com/settings/applications',
    console: 'https://500px.com/settings/applications',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

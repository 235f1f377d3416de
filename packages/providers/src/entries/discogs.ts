import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'discogs',
  name: 'Discogs',
  protocol: 'oauth1',
  domains: ['discogs.com'],
  endpoints: {
    requestToken: 'https://api.discogs.com/oauth/request_token',
    authorization: 'https://www.discogs.com/oauth/authorize',
    token: 'https://api.discogs.com/oauth/access_token',
    userinfo: 'https://api.discogs.com/oauth/identity',
  },
  identity: { from: 'userinfo', subject: 'id', name: 'username', login: 'username' },
  refresh: { issued: 'no', neverExpires: true },
  oauth1: { signatureMethod: 'HMAC-SHA1' },
  localhost: 'allowed',
  apiHosts: ['api.discogs.com'],
  links: {
    console: 'https://www.discogs.com/settings/developers',
    docs: 'https://www.discogs.com/developers/#page:authentication,header:authentication-oauth-flow',
  },
  traps: ['API calls need a User-Agent that names the app.'],
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'discogs',
  name: 'discogs',
  protocol: 'oauth1',
  domains: ['discogs.com'],
  endpoints: {
    authorization: 'https://discogs.com/oauth/authorize',
    token: 'https://api.discogs.com/oauth/access_token',
    userinfo: 'https://api.discogs.com/oauth/identity',
    requestToken: 'https://api.discogs.com/oauth/request_token',
  },
  identity: { from: 'userinfo', subject: 'id' },
  refresh: { issued: 'no', neverExpires: true },
  oauth1: { signatureMethod: 'HMAC-SHA1' },
  localhost: 'allowed',
  links: { docs: 'https://www.discogs.com/settings/developers' },
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

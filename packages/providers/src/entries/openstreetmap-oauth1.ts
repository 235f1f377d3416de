import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'openstreetmap-oauth1',
  name: 'OpenStreetMap',
  protocol: 'oauth1',
  domains: ['openstreetmap.org'],
  endpoints: {
    authorization: 'https://www.openstreetmap.org/oauth/authorize',
    token: 'https://www.openstreetmap.org/oauth/access_token',
    userinfo: 'https://api.openstreetmap.org/api/0.6/user/details.json',
    requestToken: 'https://www.openstreetmap.org/oauth/request_token',
  },
  identity: { from: 'userinfo', subject: 'id', picture: 'img' },
  refresh: { issued: 'no', neverExpires: true },
  oauth1: { signatureMethod: 'HMAC-SHA1' },
  localhost: 'unknown',
  links: { docs: 'https://www.openstreetmap.org/oauth2/applications' },
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'projectplace-oauth1',
  name: 'ProjectPlace (OAuth 1.0a)',
  protocol: 'oauth1',
  domains: ['projectplace.com'],
  endpoints: {
    requestToken: 'https://api.projectplace.com/initiate',
    authorization: 'https://api.projectplace.com/authorize',
    token: 'https://api.projectplace.com/token',
    userinfo: 'https://api.projectplace.com/1/user/me/profile',
  },
  identity: { from: 'userinfo', subject: 'id', name: ['first_name', 'last_name'], email: 'email' },
  refresh: { issued: 'no', neverExpires: true },
  oauth1: { signatureMethod: 'HMAC-SHA1' },
  localhost: 'unknown',
  apiHosts: ['api.projectplace.com'],
  links: { docs: 'https://service.projectplace.com/apidocs/' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'garmin-oauth1',
  name: 'Garmin (OAuth 1.0a)',
  protocol: 'oauth1',
  domains: ['garmin.com'],
  endpoints: {
    authorization: 'https://connect.garmin.com/oauthConfirm',
    token: 'https://connectapi.garmin.com/oauth-service/oauth/access_token',
    userinfo: 'https://apis.garmin.com/wellness-api/rest/user/id',
    requestToken: 'https://connectapi.garmin.com/oauth-service/oauth/request_token',
  },
  identity: { from: 'userinfo', subject: 'userId' },
  refresh: { issued: 'no', neverExpires: true },
  oauth1: { signatureMethod: 'HMAC-SHA1' },
  localhost: 'unknown',
  apiHosts: ['apis.garmin.com'],
  links: {
    console: 'https://developerportal.garmin.com/',
    docs: 'https://developer.garmin.com/gc-developer-program/',
  },
  traps: ['Garmin admits companies to its developer program; an app of a private person gets no keys.'],
  ending: 'Garmin moves its developer program to OAuth 2.0 and ends OAuth 1.0a; use the entry garmin.',
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

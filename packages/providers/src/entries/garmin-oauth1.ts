import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'garmin-oauth1',
  name: 'Garmin',
  protocol: 'oauth1',
  domains: ['garmin.com'],
  endpoints: {
    authorization: 'https://connect.garmin.com/oauthConfirm',
    token: 'https://connectapi.garmin.com/oauth-service/oauth/access_token',
    requestToken: 'https://connectapi.garmin.com/oauth-service/oauth/request_token',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'no', neverExpires: true },
  oauth1: { signatureMethod: 'HMAC-SHA1' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

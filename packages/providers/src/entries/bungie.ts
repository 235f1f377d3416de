import type { Entry } from '../entry.ts'

// TODO disagreements: [{"field": "userinfoEndpoint", "values": [{"value": "https://www.bungie.net/platform/User/GetBungieAccount/{membershipId}/254/", "sources": 1}, {"value": "https://www.bungie.net/Platform/User/GetCurrentBungieNetUser", "sources": 1}]}]
export const entry: Entry = {
  id: 'bungie',
  name: 'Bungie',
  protocol: 'oauth2',
  domains: ['bungie.net'],
  endpoints: {
    authorization: 'https://www.bungie.net/en/OAuth/Authorize',
    token: 'https://www.bungie.net/platform/app/oauth/token/',
    userinfo: 'https://www.bungie.net/platform/User/GetMembershipsForCurrentUser/',
  },
  clientAuthentication: 'basic',
  authorizeParams: { reauth: 'true' },
  wire: {
    headers: {
      'X-API-Key': '{apiKey}',
    },
  },
  identity: { from: 'userinfo', subject: 'membershipId', name: 'displayName' },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: { docs: 'https://github.com/Bungie-net/api/wiki/OAuth-Documentation' },
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

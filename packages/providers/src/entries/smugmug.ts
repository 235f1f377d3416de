import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'smugmug',
  name: 'SmugMug',
  protocol: 'oauth1',
  domains: ['smugmug.com'],
  endpoints: {
    requestToken: 'https://api.smugmug.com/services/oauth/1.0a/getRequestToken',
    authorization: 'https://api.smugmug.com/services/oauth/1.0a/authorize',
    token: 'https://api.smugmug.com/services/oauth/1.0a/getAccessToken',
  },
  authorizeParams: { Access: 'Full', Permissions: 'Read' },
  identity: {
    from: 'nothing',
    because: 'Its API names an account by its nickname only, which can be changed.',
  },
  refresh: { issued: 'no', neverExpires: true },
  oauth1: { signatureMethod: 'HMAC-SHA1' },
  localhost: 'unknown',
  apiHosts: ['api.smugmug.com'],
  links: {
    console: 'https://api.smugmug.com/api/developer/apply',
    docs: 'https://api.smugmug.com/api/v2/doc/',
  },
  traps: [
    'What the app may do is asked for with the parameters Access and Permissions, set in authorize_params.',
  ],
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

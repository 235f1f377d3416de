import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'flickr',
  name: 'Flickr',
  protocol: 'oauth1',
  domains: ['flickr.com'],
  endpoints: {
    requestToken: 'https://www.flickr.com/services/oauth/request_token',
    authorization: 'https://www.flickr.com/services/oauth/authorize',
    token: 'https://www.flickr.com/services/oauth/access_token',
  },
  scopes: { signIn: ['read'] },
  identity: { from: 'token-response', subject: 'user_nsid', name: 'fullname', login: 'username' },
  refresh: { issued: 'no', neverExpires: true },
  oauth1: { signatureMethod: 'HMAC-SHA1', scope: { parameter: 'perms', at: 'authorization' } },
  localhost: 'allowed',
  apiHosts: ['api.flickr.com', 'www.flickr.com'],
  links: {
    console: 'https://www.flickr.com/services/apps/create/',
    docs: 'https://www.flickr.com/services/api/auth.oauth.html',
  },
  traps: ['There is one permission, read, write or delete, and each holds the one before.'],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 2,
    decisions: [
      'The token response names the account, so that the method of the sources, which needs a user id first, is not called.',
    ],
  },
}

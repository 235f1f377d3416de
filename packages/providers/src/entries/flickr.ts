import type { Entry } from '../entry.ts'

// TODO derived quirks expected: oauth1-extra-params
export const entry: Entry = {
  id: 'flickr',
  name: 'Flickr',
  protocol: 'oauth1',
  domains: ['flickr.com'],
  endpoints: {
    authorization: 'https://www.flickr.com/services/oauth/authorize',
    token: 'https://www.flickr.com/services/oauth/access_token',
    userinfo: 'https://api.flickr.com/services/rest/',
    requestToken: 'https://www.flickr.com/services/oauth/request_token',
  },
  authorizeParams: { perms: '{scope}' },
  quirks: ['userinfo-wrong-content-type'],
  wire: {
    userinfoQuery: {
      method: 'flickr.urls.getUserProfile',
      api_key: '{client_id}',
      format: 'json',
    },
  },
  identity: {
    from: 'userinfo',
    subject: 'person.nsid',
    email: 'email-address',
    picture: 'picture-url',
  },
  refresh: { issued: 'no', neverExpires: true },
  oauth1: { signatureMethod: 'HMAC-SHA1' },
  localhost: 'unknown',
  links: {
    docs: 'https://www.flickr.com/services/apps/create/',
    console: 'https://www.flickr.com/services/apps/create/',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

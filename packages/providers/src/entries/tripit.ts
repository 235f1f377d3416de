import type { Entry } from '../entry.ts'

// TODO subject? profile={}
// TODO derived quirks expected: oauth1-callback-late oauth1-no-verifier
export const entry: Entry = {
  id: 'tripit',
  name: 'Tripit',
  protocol: 'oauth1',
  domains: ['tripit.com'],
  endpoints: {
    authorization: 'https://www.tripit.com/oauth/authorize',
    token: 'https://api.tripit.com/oauth/access_token',
    userinfo: 'https://api.tripit.com/v1/get/profile',
    requestToken: 'https://api.tripit.com/oauth/request_token',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'no', neverExpires: true },
  oauth1: { signatureMethod: 'HMAC-SHA1', unsafeVersion10: true },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

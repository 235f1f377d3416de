import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'tripit',
  name: 'TripIt',
  protocol: 'oauth1',
  domains: ['tripit.com'],
  endpoints: {
    requestToken: 'https://api.tripit.com/oauth/request_token',
    authorization: 'https://www.tripit.com/oauth/authorize',
    token: 'https://api.tripit.com/oauth/access_token',
    userinfo: 'https://api.tripit.com/v1/get/profile/format/json',
  },
  identity: {
    from: 'userinfo',
    subject: 'Profile.@attributes.ref',
    name: 'Profile.public_display_name',
    login: 'Profile.screen_name',
  },
  refresh: { issued: 'no', neverExpires: true },
  oauth1: { signatureMethod: 'HMAC-SHA1', unsafeVersion10: true },
  localhost: 'unknown',
  apiHosts: ['api.tripit.com'],
  links: { console: 'https://www.tripit.com/developer', docs: 'https://tripit.github.io/api/doc/v1/' },
  traps: [
    "It speaks the first OAuth 1.0, which lets somebody slip another person's consent under an attacker's session: use it for connections only where that is acceptable.",
  ],
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

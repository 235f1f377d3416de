import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'tumblr',
  name: 'Tumblr',
  protocol: 'oauth2',
  domains: ['tumblr.com'],
  endpoints: {
    authorization: 'https://www.tumblr.com/oauth2/authorize',
    token: 'https://api.tumblr.com/v2/oauth2/token',
    userinfo: 'https://api.tumblr.com/v2/user/info',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['read'] },
  quirks: ['nonstandard-token-fields'],
  identity: { from: 'userinfo', subject: 'response.user.name' },
  refresh: { issued: 'yes' },
  localhost: 'allowed',
  links: { docs: 'https://www.tumblr.com/docs/en/api/v2#oauth2-authorization' },
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}

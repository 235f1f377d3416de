import type { Entry } from '../entry.ts'

// TODO derived quirks expected: nonstandard-discovery-path
export const entry: Entry = {
  id: 'webex',
  name: 'Webex',
  protocol: 'oidc',
  domains: ['ciscospark.com', 'webex.com', 'webexapis.com'],
  issuer: 'https://www.webex.com',
  endpoints: {
    authorization: 'https://webexapis.com/v1/authorize',
    token: 'https://webexapis.com/v1/access_token',
    userinfo: 'https://api.ciscospark.com/v1/people/me',
    discovery: 'https://webexapis.com/v1/.well-known/openid-configuration',
  },
  scopes: { signIn: ['openid', 'spark:kms', 'spark:people_read'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { docs: 'https://developer.webex.com/docs/login-with-webex' },
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}

import type { Entry } from '../entry.ts'

// TODO derived quirks expected: tenant-in-token-response
export const entry: Entry = {
  id: 'calendly',
  name: 'Calendly',
  protocol: 'oauth2',
  domains: ['calendly.com'],
  endpoints: {
    authorization: 'https://auth.calendly.com/oauth/authorize',
    token: 'https://auth.calendly.com/oauth/token',
    userinfo: 'https://api.calendly.com/users/me',
    revocation: 'https://auth.calendly.com/oauth/revoke',
    introspection: 'https://auth.calendly.com/oauth/introspect',
  },
  wire: { keepFromToken: ['owner'] },
  identity: { from: 'userinfo', subject: 'resource.uri' },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: {
    docs: 'https://developer.calendly.com/api-docs/b3A6NTkxNDA5-get-authorization-code',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

import type { Entry } from '../entry.ts'

// TODO disagreements: [{"field": "userinfoEndpoint", "values": [{"value": "https://api.pipedrive.com/v1/users/me", "sources": 2}, {"value": "https://api.pipedrive.com/users/me", "sources": 1}]}]
// TODO derived quirks expected: callback-error-nonstandard pkce-disabled-by-source tenant-in-token-response
export const entry: Entry = {
  id: 'pipedrive',
  name: 'Pipedrive',
  protocol: 'oauth2',
  domains: ['pipedrive.com'],
  endpoints: {
    authorization: 'https://oauth.pipedrive.com/oauth/authorize',
    token: 'https://oauth.pipedrive.com/oauth/token',
    userinfo: 'https://api.pipedrive.com/v1/users/me',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['base'] },
  wire: { keepFromToken: ['api_domain'] },
  identity: {
    from: 'userinfo',
    subject: 'data.id',
    name: 'data.name',
    email: 'data.email',
    picture: 'data.icon_url',
  },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: { docs: 'https://pipedrive.readme.io/docs/marketplace-oauth-authorization' },
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}

import type { Entry } from '../entry.ts'

// TODO disagreements: [{"field": "tokenEndpoint", "values": [{"value": "https://api.figma.com/v1/oauth/token", "sources": 3}, {"value": "https://www.figma.com/api/oauth/token", "sources": 2}]}]
// TODO derived quirks expected: comma-scopes refresh-omits-refresh-token separate-refresh-endpoint
export const entry: Entry = {
  id: 'figma',
  name: 'Figma',
  protocol: 'oauth2',
  domains: ['figma.com'],
  endpoints: {
    authorization: 'https://www.figma.com/oauth',
    token: 'https://api.figma.com/v1/oauth/token',
    userinfo: 'https://api.figma.com/v1/me',
    refresh: 'https://api.figma.com/v1/oauth/refresh',
  },
  clientAuthentication: 'basic',
  scopes: { separator: ',', signIn: ['current_user:read'] },
  quirks: ['host-renamed'],
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: 'handle',
    email: 'email',
    picture: 'img_url',
  },
  refresh: { issued: 'yes', rotates: false, omitted: true, accessTokenSeconds: 7776000 },
  localhost: 'allowed',
  links: {
    docs: 'https://developers.figma.com/docs/rest-api/authentication/',
    console: 'https://www.figma.com/developers/apps',
  },
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 5,
    urls: ['https://developers.figma.com/docs/rest-api/authentication/'],
  },
}

import type { Entry } from '../entry.ts'

// TODO refresh.note: word it anew, set endsAfterDays/endsUnusedAfterDays
// TODO localhost: http only for localhost in development
// TODO checked.note lifetimes from Zoom-published skill files
// TODO disagreements: [{"field": "tokenEndpointAuthMethod", "values": [{"value": "basic", "sources": 2}, {"value": "post", "sources": 1}]}]
// TODO derived quirks expected: rotating-refresh-token
export const entry: Entry = {
  id: 'zoom',
  name: 'Zoom',
  protocol: 'oauth2',
  domains: ['zoom.us'],
  endpoints: {
    authorization: 'https://zoom.us/oauth/authorize',
    token: 'https://zoom.us/oauth/token',
    userinfo: 'https://api.zoom.us/v2/users/me',
    revocation: 'https://zoom.us/oauth/revoke',
  },
  clientAuthentication: 'basic',
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: 'display_name',
    email: 'email',
    emailVerified: 'verified',
    picture: 'pic_url',
  },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 3600, note: '90 days' },
  localhost: 'allowed',
  links: {
    docs: 'https://developers.zoom.us/docs/integrations/oauth/',
    console: 'https://marketplace.zoom.us/',
  },
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 7,
    urls: ['https://developers.zoom.us/docs/integrations/oauth/'],
  },
}

import type { Entry } from '../entry.ts'

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
  quirks: ['no-scope-parameter'],
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: 'display_name',
    email: 'email',
    emailVerified: 'verified',
    picture: 'pic_url',
  },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 3600, endsUnusedAfterDays: 90 },
  localhost: 'allowed',
  apiHosts: ['api.zoom.us'],
  links: {
    console: 'https://marketplace.zoom.us/',
    docs: 'https://developers.zoom.us/docs/integrations/oauth/',
  },
  traps: [
    'Scopes are chosen where the app is registered, and user:read:user has to be one of them.',
    'Redirect URIs must be https; http is for localhost in development.',
    'Until it is published, an app can be added within its own account only.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 7,
    urls: ['https://developers.zoom.us/docs/integrations/oauth/'],
    decisions: ['Basic, which its documentation shows: post, which one source has, is not described.'],
  },
}

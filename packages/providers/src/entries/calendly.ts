import type { Entry } from '../entry.ts'

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
  scopes: { signIn: ['users:read'] },
  wire: { keepFromToken: ['owner', 'organization'] },
  identity: {
    from: 'userinfo',
    subject: 'resource.uri',
    name: 'resource.name',
    email: 'resource.email',
    picture: 'resource.avatar_url',
  },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 7200 },
  localhost: 'allowed',
  apiHosts: ['api.calendly.com'],
  links: {
    console: 'https://developer.calendly.com/console/apps',
    docs: 'https://developer.calendly.com/how-to-authenticate-with-oauth',
  },
  traps: [
    'Only a sandbox app may use http://localhost; a production app needs https.',
    'A new app has no access until it asks for scopes.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 2,
    urls: [
      'https://developer.calendly.com/docs/authentication/refresh-token-rotation-guide',
      'https://developer.calendly.com/docs/authentication/creating-an-oauth-app.md',
      'https://developer.calendly.com/how-to-access-calendly-data-on-behalf-of-authenticated-users',
    ],
  },
}

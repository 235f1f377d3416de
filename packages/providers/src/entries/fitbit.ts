import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'fitbit',
  name: 'Fitbit',
  protocol: 'oauth2',
  domains: ['fitbit.com'],
  endpoints: {
    authorization: 'https://www.fitbit.com/oauth2/authorize',
    token: 'https://api.fitbit.com/oauth2/token',
    userinfo: 'https://api.fitbit.com/1/user/-/profile.json',
    revocation: 'https://api.fitbit.com/oauth2/revoke',
    introspection: 'https://api.fitbit.com/1.1/oauth2/introspect',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['profile'] },
  identity: { from: 'userinfo', subject: 'user.encodedId', name: 'user.displayName', picture: 'user.avatar' },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 28_800 },
  localhost: 'allowed',
  apiHosts: ['api.fitbit.com'],
  links: {
    console: 'https://dev.fitbit.com/apps',
    docs: 'https://dev.fitbit.com/build/reference/web-api/authorization/',
  },
  traps: ["For new apps there is the Google Health API, with Google's OAuth and a consent of its own."],
  ending:
    'Google has set 2 November 2026 as the end of this API and its OAuth endpoints; the Google Health API follows it.',
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 3,
    urls: [
      'https://dev.fitbit.com/build/reference/web-api/developer-guide/authorization/',
      'https://developers.google.com/health/about',
    ],
  },
}

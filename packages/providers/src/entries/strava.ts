import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'strava',
  name: 'Strava',
  protocol: 'oauth2',
  domains: ['strava.com'],
  endpoints: {
    authorization: 'https://www.strava.com/oauth/authorize',
    token: 'https://www.strava.com/api/v3/oauth/token',
    userinfo: 'https://www.strava.com/api/v3/athlete',
    revocation: 'https://www.strava.com/oauth/deauthorize',
  },
  scopes: { separator: ',', signIn: ['read'], connect: ['read', 'activity:read'] },
  authorizeParams: { approval_prompt: 'auto' },
  quirks: ['refresh-returns-same-access-token', 'user-can-drop-scopes'],
  wire: { revocation: 'bearer-post' },
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: ['firstname', 'lastname'],
    login: 'username',
    picture: 'profile',
  },
  refresh: {
    issued: 'yes',
    accessTokenSeconds: 21600,
    note: 'A refresh answers with the same access token while that has more than an hour to live; a new refresh token ends the old one at once.',
  },
  localhost: 'allowed',
  apiHosts: ['www.strava.com'],
  links: {
    console: 'https://www.strava.com/settings/api',
    docs: 'https://developers.strava.com/docs/authentication/',
  },
  traps: [
    'One callback domain for each app; localhost and 127.0.0.1 always work.',
    'Until it is reviewed, an app can connect its owner only.',
    'There is no e-mail address.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 6,
    urls: ['https://developers.strava.com/docs/authentication/'],
    decisions: [
      'https instead of the http that most sources have for the authorization endpoint.',
      'Scopes are joined with a comma, as its documentation says.',
    ],
  },
}

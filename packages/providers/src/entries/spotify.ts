import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'spotify',
  name: 'Spotify',
  protocol: 'oauth2',
  domains: ['spotify.com'],
  endpoints: {
    authorization: 'https://accounts.spotify.com/authorize',
    token: 'https://accounts.spotify.com/api/token',
    userinfo: 'https://api.spotify.com/v1/me',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['user-read-email'] },
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: 'display_name',
    email: 'email',
    picture: 'images.0.url',
  },
  refresh: {
    issued: 'yes',
    omitted: true,
    accessTokenSeconds: 3600,
    note: 'With a client secret the refresh token usually stays; a new one counts when it comes.',
  },
  localhost: 'loopback-ip-only',
  apiHosts: ['api.spotify.com'],
  links: {
    console: 'https://developer.spotify.com/dashboard',
    docs: 'https://developer.spotify.com/documentation/web-api/concepts/authorization',
  },
  traps: [
    'The name localhost is refused: register http://127.0.0.1 with the port.',
    'In development mode only listed people can use the app.',
    'Spotify does not verify the e-mail address.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 7,
    urls: [
      'https://developer.spotify.com/documentation/web-api/concepts/redirect_uri',
      'https://developer.spotify.com/documentation/web-api/tutorials/refreshing-tokens',
    ],
  },
}

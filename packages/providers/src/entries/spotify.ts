import type { Entry } from '../entry.ts'

// TODO refresh.note: word it anew, set endsAfterDays/endsUnusedAfterDays
// TODO localhost: http://127.0.0.1 or [::1]; the name localhost is refused since 2025-04/11
// TODO tokenEndpointAuthMethodNote: "none for PKCE public clients"
// TODO derived quirks expected: email-not-verified localhost-name-forbidden refresh-omits-refresh-token
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
    note: 'PKCE clients: new one each time; confidential: usually the same, response may omit it',
  },
  localhost: 'loopback-ip-only',
  links: {
    docs: 'https://developer.spotify.com/documentation/web-api/concepts/authorization',
    console: 'https://developer.spotify.com/dashboard',
  },
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

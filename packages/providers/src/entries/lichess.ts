import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'lichess',
  name: 'Lichess',
  protocol: 'oauth2',
  domains: ['lichess.org', 'lichess.ovh'],
  endpoints: {
    authorization: 'https://lichess.org/oauth',
    token: 'https://lichess.org/api/token',
    userinfo: 'https://lichess.org/api/account',
    revocation: 'https://lichess.org/api/token',
  },
  clientAuthentication: 'none',
  quirks: ['pkce-required'],
  wire: { revocation: 'bearer-delete' },
  identity: { from: 'userinfo', subject: 'id', name: 'username', login: 'username' },
  refresh: { issued: 'no', accessTokenSeconds: 31536000 },
  localhost: 'allowed',
  apiHosts: ['lichess.org', 'explorer.lichess.ovh', 'tablebase.lichess.ovh'],
  links: { docs: 'https://lichess.org/api#tag/OAuth' },
  traps: ['There is no registration: the client id is any text that names the app, and there is no secret.'],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 4,
    decisions: [
      'One source has the server that was in use before 2021.',
      'The id is the login name in lower case, which Lichess neither changes nor gives out again.',
    ],
  },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'openstreetmap',
  name: 'OpenStreetMap',
  protocol: 'oidc',
  domains: ['openstreetmap.org'],
  issuer: 'https://www.openstreetmap.org',
  endpoints: {
    authorization: 'https://www.openstreetmap.org/oauth2/authorize',
    token: 'https://www.openstreetmap.org/oauth2/token',
    userinfo: 'https://www.openstreetmap.org/oauth2/userinfo',
    revocation: 'https://www.openstreetmap.org/oauth2/revoke',
  },
  scopes: { signIn: ['openid'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'no', neverExpires: true },
  localhost: 'allowed',
  apiHosts: ['api.openstreetmap.org'],
  links: {
    console: 'https://www.openstreetmap.org/oauth2/applications',
    docs: 'https://wiki.openstreetmap.org/wiki/OAuth',
  },
  traps: [
    'Tick the permission to sign in using OpenStreetMap, which is openid; addresses are not given out.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 2,
    urls: ['https://wiki.openstreetmap.org/wiki/OAuth'],
    decisions: [
      "Sources read the user from the map's API; the ID token has the same id and needs no further permission.",
    ],
  },
}

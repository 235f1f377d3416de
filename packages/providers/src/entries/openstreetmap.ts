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
    userinfo: 'https://api.openstreetmap.org/api/0.6/user/details.json',
  },
  scopes: { signIn: ['openid', 'profile', 'email'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { docs: 'https://wiki.openstreetmap.org/wiki/OAuth#OAuth_2.0' },
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

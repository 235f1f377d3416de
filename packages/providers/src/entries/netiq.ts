import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'netiq',
  name: 'NetIQ Access Manager',
  protocol: 'oidc',
  domains: [],
  tenant: {
    url: {
      description: 'Address of the identity server, without /nidp',
      example: 'https://login.example.com',
      kind: 'url',
    },
  },
  issuer: '{url}/nidp/oauth/nam',
  endpoints: {
    authorization: '{url}/nidp/oauth/nam/authz',
    token: '{url}/nidp/oauth/nam/token',
    userinfo: '{url}/nidp/oauth/nam/userinfo',
    revocation: '{url}/nidp/oauth/nam/revoke',
  },
  scopes: { signIn: ['openid', 'profile', 'email'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'conditional', note: 'Only where the client has the grant type refresh token.' },
  localhost: 'unknown',
  links: { docs: 'https://www.netiq.com/documentation/access-manager-51/' },
  traps: ['The issuer names the port where it is not 443, so the address must do so as well.'],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 1,
    decisions: ['The source knows people by their e-mail address; the ID token has a sub.'],
  },
}

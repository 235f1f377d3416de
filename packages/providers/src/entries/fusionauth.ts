import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'fusionauth',
  name: 'FusionAuth',
  protocol: 'oidc',
  domains: [],
  tenant: {
    url: {
      description: 'Address of FusionAuth, which is also the issuer of its tenant',
      example: 'https://acme.fusionauth.io',
      kind: 'url',
    },
  },
  issuer: '{url}',
  endpoints: {
    authorization: '{url}/oauth2/authorize',
    token: '{url}/oauth2/token',
    userinfo: '{url}/oauth2/userinfo',
  },
  scopes: {
    signIn: ['openid', 'profile', 'email'],
    connect: ['openid', 'profile', 'email', 'offline_access'],
  },
  identity: { from: 'id-token' },
  refresh: { issued: 'yes', rotates: false, note: 'A tenant can be set to refresh tokens that work once.' },
  localhost: 'allowed',
  links: { docs: 'https://fusionauth.io/docs/lifecycle/authenticate-users/oauth/' },
  traps: [
    'A new tenant says acme.com as its issuer; set it to the address that people reach FusionAuth at.',
    'ID tokens are signed with a shared secret until the application is given an RS256 or ES256 key.',
    'The refresh token grant must be enabled for the application.',
  ],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 2,
    decisions: ["Sources call the placeholder a subdomain, but any host of one's own is possible."],
  },
}

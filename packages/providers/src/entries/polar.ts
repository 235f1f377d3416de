import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'polar',
  name: 'Polar',
  protocol: 'oauth2',
  domains: ['polar.sh'],
  endpoints: {
    authorization: 'https://polar.sh/oauth2/authorize',
    token: 'https://api.polar.sh/v1/oauth2/token',
    userinfo: 'https://api.polar.sh/v1/oauth2/userinfo',
    revocation: 'https://api.polar.sh/v1/oauth2/revoke',
    introspection: 'https://api.polar.sh/v1/oauth2/introspect',
  },
  scopes: { signIn: ['openid', 'profile', 'email'] },
  authorizeParams: { sub_type: 'user' },
  identity: {
    from: 'userinfo',
    subject: 'sub',
    name: 'name',
    email: 'email',
    emailVerified: 'email_verified',
  },
  refresh: { issued: 'yes', accessTokenSeconds: 3600, note: 'Lasts until it is revoked.' },
  localhost: 'allowed',
  apiHosts: ['api.polar.sh'],
  links: {
    console: 'https://polar.sh/dashboard/account/developer',
    docs: 'https://polar.sh/docs/integrate/oauth2/introduction',
  },
  traps: [
    'A client may ask for organizations by default, and such a token is not for a person; sub_type=user overrules that.',
  ],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 3,
    decisions: [
      "A library reads id and public_name; clients made from the API's description have sub and name.",
    ],
  },
}

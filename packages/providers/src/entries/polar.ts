import type { Entry } from '../entry.ts'

// TODO localhost: docs example uses it
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
  },
  scopes: { signIn: ['openid', 'profile', 'email'] },
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: 'public_name',
    email: 'email',
    emailVerified: 'email_verified',
    picture: 'avatar_url',
  },
  refresh: { issued: 'yes' },
  localhost: 'allowed',
  links: {
    docs: 'https://polar.sh/settings#oauth',
    console: 'https://polar.sh/dashboard/account/developer',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'apple',
  name: 'Apple',
  protocol: 'oidc',
  domains: ['apple.com'],
  issuer: 'https://appleid.apple.com',
  endpoints: {
    authorization: 'https://appleid.apple.com/auth/authorize',
    token: 'https://appleid.apple.com/auth/token',
    revocation: 'https://appleid.apple.com/auth/revoke',
  },
  scopes: { signIn: ['openid', 'email', 'name'] },
  responseMode: 'form_post',
  quirks: ['name-only-on-first-login', 'signed-jwt-client-secret'],
  identity: { from: 'id-token' },
  refresh: {
    issued: 'yes',
    rotates: false,
    omitted: true,
    accessTokenSeconds: 3600,
    note: 'A refresh only tells whether the account is still linked, and Apple wants about one a day at most.',
  },
  localhost: 'forbidden',
  links: {
    console: 'https://developer.apple.com/account/resources/identifiers/list/serviceId',
    docs: 'https://developer.apple.com/documentation/signinwithapplerestapi',
  },
  traps: [
    'The client id is that of a Services ID, which belongs to an app with Sign in with Apple enabled.',
    'Neither localhost nor an IP address is taken as a return URL, so development needs a real https domain.',
    'People may hide their address, and mail to the relay address arrives only from registered senders.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 7,
    urls: [
      'https://developer.apple.com/documentation/signinwithapplerestapi/generate-and-validate-tokens',
      'https://developer.apple.com/documentation/signinwithapplerestapi/revoke-tokens',
    ],
  },
}

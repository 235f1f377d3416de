import type { Entry } from '../entry.ts'

// TODO refresh.note: word it anew, set endsAfterDays/endsUnusedAfterDays
// TODO localhost: https and a real domain
// TODO authorizeParamNotes: {"response_mode": "needed when name or email scope is asked"}
// TODO optionalAuthorizeParams: {"response_mode": "form_post"}
// TODO clientSecret: {"kind": "jwt", "alg": "ES256", "iss": "team id", "sub": "client id (services id)", "aud": "https://appleid.apple.com", "maxLifetime": "6 months"}
// TODO tokenEndpointAuthMethodNote: "with a signed JWT (ES256) as client_secret"
// TODO derived quirks expected: form-post-callback no-userinfo
export const entry: Entry = {
  id: 'apple',
  name: 'Sign in with Apple',
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
    accessTokenSeconds: 3600,
    note: 'refresh grant is a validity check; not more than about once a day per user',
  },
  localhost: 'forbidden',
  links: {
    docs: 'https://developer.apple.com/documentation/signinwithapplerestapi',
    console: 'https://developer.apple.com/account/resources/identifiers/list/serviceId',
  },
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

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'autodesk',
  name: 'Autodesk',
  protocol: 'oidc',
  domains: ['autodesk.com'],
  issuer: 'https://developer.api.autodesk.com',
  endpoints: {
    authorization: 'https://developer.api.autodesk.com/authentication/v2/authorize',
    token: 'https://developer.api.autodesk.com/authentication/v2/token',
    userinfo: 'https://api.userprofile.autodesk.com/userinfo',
    revocation: 'https://developer.api.autodesk.com/authentication/v2/revoke',
    introspection: 'https://developer.api.autodesk.com/authentication/v2/introspect',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'user-profile:read'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 3600, endsUnusedAfterDays: 15 },
  localhost: 'allowed',
  apiHosts: ['developer.api.autodesk.com'],
  links: {
    console: 'https://aps.autodesk.com/myapps/',
    docs: 'https://aps.autodesk.com/en/docs/oauth/v2/developers_guide/overview/',
  },
  traps: [
    'The callback URL has to match the registered one to the letter, and localhost and 127.0.0.1 differ.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 4,
    urls: [
      'https://aps.autodesk.com/en/docs/oauth/v2/reference/typescript-sdk/classes/AuthenticationClient/',
    ],
    decisions: [
      'Userinfo is the OpenID one, as two sources have it; the older profile API answers in another form.',
    ],
  },
}

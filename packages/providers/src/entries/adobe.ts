import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'adobe',
  name: 'Adobe',
  protocol: 'oidc',
  domains: ['adobelogin.com'],
  issuer: 'https://ims-na1.adobelogin.com',
  endpoints: {
    authorization: 'https://ims-na1.adobelogin.com/ims/authorize/v2',
    token: 'https://ims-na1.adobelogin.com/ims/token/v3',
    userinfo: 'https://ims-na1.adobelogin.com/ims/userinfo/v2',
    revocation: 'https://ims-na1.adobelogin.com/ims/revoke',
    discovery: 'https://ims-na1.adobelogin.com/ims/.well-known/openid-configuration',
  },
  scopes: {
    separator: ',',
    signIn: ['openid', 'AdobeID', 'profile', 'email'],
    connect: ['openid', 'AdobeID', 'offline_access'],
  },
  identity: { from: 'id-token' },
  refresh: {
    issued: 'conditional',
    accessTokenSeconds: 86_400,
    endsUnusedAfterDays: 14,
    note: 'There is a refresh token only with the scope offline_access.',
  },
  localhost: 'https-only',
  links: {
    console: 'https://developer.adobe.com/console',
    docs: 'https://developer.adobe.com/developer-console/docs/guides/authentication/UserAuthentication/',
  },
  traps: [
    'An OAuth credential needs a default redirect URI and, beside it, a pattern in which every dot is escaped.',
  ],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 3,
    decisions: [
      'Token endpoint v3 over the one without a version: it is the one that the documentation shows.',
      'Scopes are joined with commas, as the documentation does.',
    ],
  },
}

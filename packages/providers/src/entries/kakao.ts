import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'kakao',
  name: 'Kakao',
  protocol: 'oidc',
  domains: ['kakao.com'],
  issuer: 'https://kauth.kakao.com',
  endpoints: {
    authorization: 'https://kauth.kakao.com/oauth/authorize',
    token: 'https://kauth.kakao.com/oauth/token',
    userinfo: 'https://kapi.kakao.com/v1/oidc/userinfo',
  },
  scopes: { signIn: ['openid', 'account_email', 'profile_nickname', 'profile_image'] },
  quirks: ['email-not-verified', 'subject-scoped-to-app', 'user-can-drop-scopes'],
  identity: { from: 'id-token' },
  refresh: {
    issued: 'yes',
    accessTokenSeconds: 21600,
    endsUnusedAfterDays: 60,
    note: 'A refresh brings a new refresh token only in the last month of the old one.',
  },
  localhost: 'allowed',
  apiHosts: ['kapi.kakao.com'],
  links: {
    console: 'https://developers.kakao.com/console/app',
    docs: 'https://developers.kakao.com/docs/latest/en/kakaologin/rest-api',
  },
  traps: [
    'OpenID Connect must be switched on under Kakao Login, or the scope openid is refused.',
    'account_email must be allowed as a consent item, which takes a business app.',
    'The client id is the REST API key, not the native or JavaScript one.',
  ],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 7,
    decisions: [
      'Most sources read /v2/user/me; the ID token has the same id and is bound to the sign-in by its nonce.',
      'An address can be verified and yet belong to another account by now, so it does not count as verified.',
    ],
  },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'cilogon',
  name: 'CILogon',
  protocol: 'oidc',
  domains: ['cilogon.org'],
  issuer: 'https://cilogon.org',
  endpoints: {
    authorization: 'https://cilogon.org/authorize',
    token: 'https://cilogon.org/oauth2/token',
    userinfo: 'https://cilogon.org/oauth2/userinfo',
    revocation: 'https://cilogon.org/oauth2/revoke',
    introspection: 'https://cilogon.org/oauth2/introspect',
  },
  scopes: { signIn: ['openid', 'email', 'profile', 'org.cilogon.userinfo'] },
  identity: { from: 'id-token' },
  refresh: {
    issued: 'conditional',
    accessTokenSeconds: 900,
    note: 'Refresh tokens are enabled at registration.',
  },
  localhost: 'allowed',
  links: { console: 'https://cilogon.org/oauth2/register', docs: 'https://www.cilogon.org/oidc' },
  traps: [
    'A registration works only after somebody at CILogon has approved it.',
    'A scope that was not ticked at registration is refused.',
  ],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 2,
    decisions: [
      'It is OpenID Connect: its ID tokens are signed and its discovery document is at the standard place.',
    ],
  },
}

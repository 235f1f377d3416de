import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'onelogin',
  name: 'OneLogin',
  protocol: 'oidc',
  domains: ['onelogin.com'],
  tenant: {
    subdomain: {
      description: "The account's name before .onelogin.com",
      example: 'acme',
      kind: 'label',
    },
  },
  issuer: 'https://{subdomain}.onelogin.com/oidc/2',
  endpoints: {
    authorization: 'https://{subdomain}.onelogin.com/oidc/2/auth',
    token: 'https://{subdomain}.onelogin.com/oidc/2/token',
    userinfo: 'https://{subdomain}.onelogin.com/oidc/2/me',
    revocation: 'https://{subdomain}.onelogin.com/oidc/2/token/revocation',
    introspection: 'https://{subdomain}.onelogin.com/oidc/2/token/introspection',
  },
  scopes: { signIn: ['openid', 'profile', 'email'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'conditional', note: 'Only where the app has refresh tokens switched on.' },
  localhost: 'allowed',
  links: { docs: 'https://developers.onelogin.com/openid-connect' },
  traps: ["The token endpoint's authentication method is set on the app and must be POST."],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 2,
    decisions: ['A source has the endpoints of version 1, which OneLogin retired.'],
  },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'authing',
  name: 'Authing',
  protocol: 'oidc',
  domains: ['authing.cn'],
  tenant: {
    subdomain: { description: "The application's name before .authing.cn", example: 'acme', kind: 'label' },
  },
  issuer: 'https://{subdomain}.authing.cn/oidc',
  endpoints: {
    authorization: 'https://{subdomain}.authing.cn/oidc/auth',
    token: 'https://{subdomain}.authing.cn/oidc/token',
    userinfo: 'https://{subdomain}.authing.cn/oidc/me',
    revocation: 'https://{subdomain}.authing.cn/oidc/token/revocation',
  },
  scopes: { signIn: ['openid', 'profile', 'email'], connect: ['openid', 'offline_access'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'conditional', note: 'There is a refresh token only with the scope offline_access.' },
  localhost: 'allowed',
  links: { console: 'https://console.authing.cn', docs: 'https://docs.authing.cn/v2/federation/oidc/' },
  traps: [
    'The application must sign ID tokens with RS256; the default, HS256, cannot be checked with published keys.',
  ],
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

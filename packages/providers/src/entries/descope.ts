import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'descope',
  name: 'Descope',
  protocol: 'oidc',
  domains: ['descope.com'],
  tenant: {
    projectId: {
      description: "The project's id",
      example: 'P2abcDEFghiJKLmnoPQRstuVWxyz',
      kind: 'segment',
      pattern: 'P[A-Za-z0-9]+',
    },
  },
  issuer: 'https://api.descope.com/{projectId}',
  endpoints: {},
  scopes: { signIn: ['openid', 'profile', 'email'], connect: ['openid', 'offline_access'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'conditional', note: 'There is a refresh token only with the scope offline_access.' },
  localhost: 'allowed',
  links: {
    console: 'https://app.descope.com/',
    docs: 'https://docs.descope.com/identity-federation/applications/oidc-apps',
  },
  traps: ['The client secret is an access key that is made for the federated application.'],
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

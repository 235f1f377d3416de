import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'vipps',
  name: 'Vipps',
  protocol: 'oidc',
  domains: ['vipps.no'],
  issuer: 'https://api.vipps.no/access-management-1.0/access',
  endpoints: {},
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'name', 'email'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {
    docs: 'https://developer.vippsmobilepay.com/api/userinfo/#operation/userinfoAuthorizationCode',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'pingone',
  name: 'PingOne',
  protocol: 'oidc',
  domains: ['pingone.x'],
  tenant: {
    tld: { description: 'TODO', example: 'eu', kind: 'label' },
    environmentId: { description: 'TODO', example: 'acme', kind: 'segment' },
  },
  issuer: 'https://auth.pingone.{tld}/{environmentId}/as',
  endpoints: {},
  scopes: { signIn: ['openid', 'profile', 'email'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {
    docs: 'https://docs.pingidentity.com/r/en-us/pingoneforenterprise/p14e_connect_oidc',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'verimi',
  name: 'Verimi',
  protocol: 'oidc',
  domains: ['verimi.de'],
  issuer: 'https://web.verimi.de',
  endpoints: {},
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'name', 'email'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { docs: 'https://docs.verimi.de/#/oidc/oidc_overview' },
  traps: ['Credentials are given to contracted partners.'],
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

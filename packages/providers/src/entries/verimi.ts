import type { Entry } from '../entry.ts'

// TODO environments: {"staging": {"issuerOrTokenEndpoint": "https://web.uat.verimi.cloud/"}}
export const entry: Entry = {
  id: 'verimi',
  name: 'Verimi',
  protocol: 'oidc',
  domains: ['verimi.de'],
  issuer: 'https://web.verimi.de',
  endpoints: {},
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'profile', 'email'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { docs: 'https://docs.verimi.de/#/oidc/oidc_overview' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

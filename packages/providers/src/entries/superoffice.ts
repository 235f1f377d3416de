import type { Entry } from '../entry.ts'

// TODO environments: {"development": {"issuerOrTokenEndpoint": "https://sod.superoffice.com/"}, "staging": {"issuerOrTokenEndpoint": "https://qaonline.superoffice.com/"}}
export const entry: Entry = {
  id: 'superoffice',
  name: 'SuperOffice',
  protocol: 'oidc',
  domains: ['superoffice.com'],
  issuer: 'https://online.superoffice.com',
  endpoints: {},
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { docs: 'https://docs.superoffice.com/en/authentication/online/api.html' },
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'simplelogin',
  name: 'SimpleLogin',
  protocol: 'oidc',
  domains: ['simplelogin.io'],
  issuer: 'https://app.simplelogin.io',
  endpoints: {},
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'profile', 'email'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { docs: 'https://simplelogin.io/developer/' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

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
  refresh: { issued: 'no' },
  localhost: 'allowed',
  links: {
    console: 'https://app.simplelogin.io/developer',
    docs: 'https://simplelogin.io/docs/siwsl/intro/',
  },
  traps: ['The address that it names may be an alias, which its owner can switch off.'],
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

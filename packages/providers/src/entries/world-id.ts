import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'world-id',
  name: 'World ID',
  protocol: 'oidc',
  domains: ['worldcoin.org'],
  issuer: 'https://id.worldcoin.org',
  endpoints: {},
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'profile', 'email'] },
  quirks: ['nonce-not-echoed', 'redirect-uri-refused-in-token'],
  identity: { from: 'id-token' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { docs: 'https://docs.worldcoin.org/reference/sign-in' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

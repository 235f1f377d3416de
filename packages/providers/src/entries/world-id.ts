import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'world-id',
  name: 'World ID',
  protocol: 'oidc',
  domains: ['worldcoin.org'],
  issuer: 'https://id.worldcoin.org',
  endpoints: {},
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid'] },
  quirks: [
    'email-not-verified',
    'nonce-not-echoed',
    'redirect-uri-refused-in-token',
    'subject-scoped-to-app',
  ],
  identity: { from: 'id-token' },
  refresh: { issued: 'no' },
  localhost: 'unknown',
  links: { console: 'https://developer.worldcoin.org/', docs: 'https://docs.world.org/world-id/sign-in' },
  traps: ['Its address, with the scope email, is made up and takes no mail.'],
  ending: "World's documentation no longer describes this sign-in, and points to its proofs instead.",
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

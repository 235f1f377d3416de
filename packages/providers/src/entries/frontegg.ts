import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'frontegg',
  name: 'Frontegg',
  protocol: 'oidc',
  domains: ['frontegg.com'],
  tenant: {
    host: {
      description: "The host of the environment's sign-in page",
      example: 'acme.us.frontegg.com',
      kind: 'host',
      domains: ['frontegg.com'],
    },
  },
  issuer: 'https://{host}',
  endpoints: { discovery: 'https://{host}/oauth/.well-known/openid-configuration' },
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'profile', 'email'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { console: 'https://portal.frontegg.com', docs: 'https://developers.frontegg.com/' },
  traps: ["An environment on a domain of one's own needs issuer and discovery configured by hand."],
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'united-effects',
  name: 'United Effects',
  protocol: 'oidc',
  domains: [],
  tenant: {
    issuer: {
      description: 'The issuer of its auth group',
      example: 'https://auth.unitedeffects.com/acme',
      kind: 'url',
    },
  },
  issuer: '{issuer}',
  endpoints: {},
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'email', 'profile'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { docs: 'https://docs.unitedeffects.com/integrations/nextauthjs' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

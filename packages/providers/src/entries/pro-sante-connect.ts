import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'pro-sante-connect',
  name: 'Pro Santé Connect',
  protocol: 'oidc',
  domains: ['esante.gouv.fr'],
  tenant: {
    host: {
      description: 'Production, or the environment for tests (bas)',
      example: 'auth.esw.esante.gouv.fr',
      kind: 'choice',
      choices: ['auth.esw.esante.gouv.fr', 'auth.bas.psc.esante.gouv.fr'],
      default: 'auth.esw.esante.gouv.fr',
    },
  },
  issuer: 'https://{host}/auth/realms/esante-wallet',
  endpoints: {
    discovery: 'https://{host}/auth/realms/esante-wallet/.well-known/wallet-openid-configuration',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'scope_all'] },
  authorizeParams: { acr_values: 'eidas1' },
  identity: { from: 'id-token' },
  refresh: { issued: 'yes', accessTokenSeconds: 120 },
  localhost: 'unknown',
  links: {
    docs: 'https://industriels.esante.gouv.fr/en/products-services/health-pro-authentication-pro-sante-connect',
  },
  traps: [
    'Services for French health professionals only, after an application to the Agence du Numérique en Santé.',
  ],
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

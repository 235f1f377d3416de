import type { Entry } from '../entry.ts'

// TODO environments: {"sandbox": {"issuerOrTokenEndpoint": "https://auth.bas.psc.esante.gouv.fr/auth/realms/esante-wallet"}}
// TODO derived quirks expected: nonstandard-discovery-path
export const entry: Entry = {
  id: 'pro-sante-connect',
  name: 'Pro Santé Connect',
  protocol: 'oidc',
  domains: ['esante.gouv.fr'],
  issuer: 'https://auth.esw.esante.gouv.fr/auth/realms/esante-wallet',
  endpoints: {
    discovery:
      'https://auth.esw.esante.gouv.fr/auth/realms/esante-wallet/.well-known/wallet-openid-configuration',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'scope_all'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {
    docs: 'https://industriels.esante.gouv.fr/en/products-services/health-pro-authentication-pro-sante-connect',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

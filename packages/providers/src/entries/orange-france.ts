import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'orange-france',
  name: 'Orange France',
  protocol: 'oidc',
  domains: ['orange.com', 'orange.fr'],
  issuer: 'https://openid.orange.fr',
  endpoints: {
    discovery: 'https://api.orange.com/openidconnect/fr/v1/.well-known/openid-configuration',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'profile', 'email'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { docs: 'https://developer.orange.com/apis/authentication-fr/getting-started' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

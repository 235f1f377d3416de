import type { Entry } from '../entry.ts'

// TODO environments: {"certification": {"issuerOrTokenEndpoint": "https://www.kroger.com/"}}
export const entry: Entry = {
  id: 'kroger',
  name: 'Kroger',
  protocol: 'oauth2',
  domains: ['kroger.com'],
  endpoints: {
    authorization: 'https://api.kroger.com/v1/connect/oauth2/authorize',
    token: 'https://api.kroger.com/v1/connect/oauth2/token',
    userinfo: 'https://api.kroger.com/v1/identity/profile',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['profile.compact'] },
  identity: { from: 'userinfo', subject: 'data.id' },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: { docs: 'https://developer.kroger.com/documentation/public/security/customer' },
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

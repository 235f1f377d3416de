import type { Entry } from '../entry.ts'

// TODO disagreements: [{"field": "authorizationEndpoint", "values": [{"value": "{baseURL}/application/o/authorize/", "sources": 1}, {"value": "https://{subdomain}/application/o/authorize/", "sources": 1}]}, {"field": "tokenEndpoint", "values": [{"value": "{baseURL}/application/o/token/", "sources": 1}, {"value": "https://{subdomain}/application/o/token/", "sources": 1}]}]
export const entry: Entry = {
  id: 'authentik',
  name: 'Authentik',
  protocol: 'oidc',
  domains: [],
  tenant: {
    host: { description: 'TODO', example: 'acme', kind: 'host' },
    application: { description: 'TODO', example: 'acme', kind: 'segment' },
  },
  issuer: 'https://{host}/application/o/{application}/',
  endpoints: {
    authorization: 'https://{host}/application/o/authorize/',
    token: 'https://{host}/application/o/token/',
    userinfo: 'https://{host}/application/o/userinfo/',
    revocation: 'https://{host}/application/o/revoke/',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'profile', 'email'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: { docs: 'https://goauthentik.io/docs/providers/oauth2' },
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}

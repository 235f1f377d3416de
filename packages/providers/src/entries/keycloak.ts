import type { Entry } from '../entry.ts'

// TODO notes: "versions before 17 have the prefix /auth"
// TODO disagreements: [{"field": "authorizationEndpoint", "values": [{"value": "{realmURL}/protocol/openid-connect/auth", "sources": 1}, {"value": "https://{subdomain}/protocol/openid-connect/auth", "sources": 1}]}, {"field": "tokenEndpoint", "values": [{"value": "{realmURL}/protocol/openid-connect/token", "sources": 1}, {"value": "https://{subdomain}/protocol/openid-connect/token", "sources": 1}]}]
export const entry: Entry = {
  id: 'keycloak',
  name: 'Keycloak',
  protocol: 'oidc',
  domains: [],
  tenant: {
    host: { description: 'TODO', example: 'acme', kind: 'host' },
    realm: { description: 'TODO', example: 'acme', kind: 'segment' },
  },
  issuer: 'https://{host}/realms/{realm}',
  endpoints: {
    authorization: 'https://{host}/realms/{realm}/protocol/openid-connect/auth',
    token: 'https://{host}/realms/{realm}/protocol/openid-connect/token',
    userinfo: 'https://{host}/realms/{realm}/protocol/openid-connect/userinfo',
    revocation: 'https://{host}/realms/{realm}/protocol/openid-connect/revoke',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: { docs: 'https://www.keycloak.org/getting-started/getting-started-docker' },
  verified: { degree: 'sources', on: '2026-11', sources: 5 },
}

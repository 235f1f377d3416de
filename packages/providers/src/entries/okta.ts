import type { Entry } from '../entry.ts'

// TODO notes: "custom authorization servers use /oauth2/{serverId}/v1/\u2026 and issuer https://{domain}/oauth2/{serverId}"
// TODO environments: {"preview": {"authorizationEndpoint": "https://{subdomain}.oktapreview.com/oauth2/v1/authorize", "tokenEndpoint": "https://{subdomain}.oktapreview.com/oauth2/v1/token", "apiBase": "https://{subdomain}.oktapreview.com"}}
// TODO disagreements: [{"field": "authorizationEndpoint", "values": [{"value": "https://{subdomain}.okta.com/oauth2/v1/authorize", "sources": 1}, {"value": "{baseURL}/v1/authorize", "sources": 1}, {"value": "https://{okta_base_url}/oauth2/v1/authorize", "sources": 1}]}, {"field": "tokenEndpoint", "values": [{"value": "https://{subdomain}.okta.com/oauth2/v1/token", "sources": 1}, {"value": "{baseURL}/v1/token", "sources": 1}, {"value": "https://{okta_base_url}/oauth2/v1/token", "sources": 1}]}, {"field": "userinfoEndpoint", "values": [{"value": "https://{okta_base_url}/oauth2/v1/userinfo", "sources": 1}, {"value": "https://{subdomain}.okta.com/oauth2/v1/userinfo", "sources": 1}]}]
// TODO derived quirks expected: tenant-subdomain
export const entry: Entry = {
  id: 'okta',
  name: 'Okta',
  protocol: 'oidc',
  domains: [],
  tenant: {
    domain: { description: 'TODO', example: 'acme.okta.com', kind: 'host' },
  },
  issuer: 'https://{domain}',
  endpoints: {
    authorization: 'https://{domain}/oauth2/v1/authorize',
    token: 'https://{domain}/oauth2/v1/token',
    userinfo: 'https://{domain}/oauth2/v1/userinfo',
    revocation: 'https://{domain}/oauth2/v1/revoke',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'profile', 'email'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: { docs: 'https://developer.okta.com/docs/reference/api/oidc/' },
  verified: { degree: 'sources', on: '2026-11', sources: 6 },
}

import type { Entry } from '../entry.ts'

// TODO disagreements: [{"field": "authorizationEndpoint", "values": [{"value": "https://{subdomain}.auth0.com/authorize", "sources": 1}, {"value": "https://{domain}/authorize", "sources": 1}, {"value": "{provider_base_url}/authorize", "sources": 1}]}, {"field": "tokenEndpoint", "values": [{"value": "https://{subdomain}.auth0.com/oauth/token", "sources": 1}, {"value": "https://{domain}/oauth/token", "sources": 1}, {"value": "{provider_base_url}/oauth/token", "sources": 1}]}, {"field": "userinfoEndpoint", "values": [{"value": "{provider_base_url}/userinfo", "sources": 1}, {"value": "https://{subdomain}.auth0.com/userinfo", "sources": 1}]}]
// TODO derived quirks expected: tenant-subdomain
export const entry: Entry = {
  id: 'auth0',
  name: 'Auth0',
  protocol: 'oidc',
  domains: [],
  tenant: {
    domain: {
      description: 'TODO',
      example: 'acme.eu.auth0.com or a custom domain',
      kind: 'host',
    },
  },
  issuer: 'https://{domain}/',
  endpoints: {
    authorization: 'https://{domain}/authorize',
    token: 'https://{domain}/oauth/token',
    userinfo: 'https://{domain}/userinfo',
    revocation: 'https://{domain}/oauth/revoke',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'profile', 'email'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'yes' },
  localhost: 'allowed',
  links: {
    docs: 'https://auth0.com/docs',
    console: 'https://manage.auth0.com/#/clients',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 5 },
}

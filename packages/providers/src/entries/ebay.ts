import type { Entry } from '../entry.ts'

// TODO environments: {"sandbox": {"authorizationEndpoint": "https://auth.sandbox.ebay.com/oauth2/authorize", "tokenEndpoint": "https://api.sandbox.ebay.com/identity/v1/oauth2/token", "apiBase": "https://api.sandbox.ebay.com/"}}
// TODO disagreements: [{"field": "authorizationEndpoint", "values": [{"value": "https://auth.ebay.com/oauth2/authorize", "sources": 1}, {"value": "https://signin.ebay.com/authorize", "sources": 1}]}]
export const entry: Entry = {
  id: 'ebay',
  name: 'eBay',
  protocol: 'oauth2',
  domains: ['ebay.com'],
  endpoints: {
    authorization: 'https://auth.ebay.com/oauth2/authorize',
    token: 'https://api.ebay.com/identity/v1/oauth2/token',
    userinfo: 'https://apiz.ebay.com/commerce/identity/v1/user',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['https://api.ebay.com/oauth/api_scope/commerce.identity.readonly'] },
  identity: { from: 'userinfo', subject: 'userId', name: 'username' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

import type { Entry } from '../entry.ts'

// TODO disagreements: [{"field": "authorizationEndpoint", "values": [{"value": "https://gumroad.com/oauth/authorize", "sources": 1}, {"value": "{provider_base_url}/oauth/authorize", "sources": 1}]}, {"field": "tokenEndpoint", "values": [{"value": "{provider_base_url}/oauth/token", "sources": 1}, {"value": "https://gumroad.com/oauth/token", "sources": 1}]}]
export const entry: Entry = {
  id: 'gumroad',
  name: 'Gumroad',
  protocol: 'oauth2',
  domains: ['gumroad.com'],
  endpoints: {
    authorization: 'https://gumroad.com/oauth/authorize',
    token: 'https://api.gumroad.com/oauth/token',
    userinfo: 'https://api.gumroad.com/v2/user',
  },
  scopes: { signIn: ['edit_products'] },
  identity: { from: 'userinfo', subject: 'user_id', name: 'name', email: 'email' },
  refresh: { issued: 'unknown' },
  localhost: 'allowed',
  links: {
    docs: 'https://help.gumroad.com/article/280-create-application-api',
    console: 'https://help.gumroad.com/article/280-create-application-api',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

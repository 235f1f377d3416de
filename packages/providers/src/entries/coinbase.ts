import type { Entry } from '../entry.ts'

// TODO disagreements: [{"field": "authorizationEndpoint", "values": [{"value": "https://www.coinbase.com/oauth/authorize", "sources": 4}, {"value": "https://login.coinbase.com/oauth2/auth", "sources": 1}]}, {"field": "tokenEndpoint", "values": [{"value": "https://www.coinbase.com/oauth/token", "sources": 4}, {"value": "https://login.coinbase.com/oauth2/token", "sources": 1}]}, {"field": "profile.subject", "values": [{"value": "id", "sources": 2}, {"value": "data.id", "sources": 1}]}]
export const entry: Entry = {
  id: 'coinbase',
  name: 'Coinbase',
  protocol: 'oauth2',
  domains: ['coinbase.com'],
  endpoints: {
    authorization: 'https://login.coinbase.com/oauth2/auth',
    token: 'https://login.coinbase.com/oauth2/token',
    userinfo: 'https://api.coinbase.com/v2/user',
    revocation: 'https://api.coinbase.com/oauth/revoke',
  },
  scopes: { signIn: ['wallet:user:email', 'wallet:user:read'] },
  identity: {
    from: 'userinfo',
    subject: 'data.id',
    name: 'data.name',
    email: 'data.email',
    picture: 'data.avatar_url',
  },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: { docs: 'https://developers.coinbase.com/api/v2' },
  verified: { degree: 'sources', on: '2026-11', sources: 5 },
}

import type { Entry } from '../entry.ts'

// TODO notes: "China uses its own host (battlenet.com.cn); older region hosts us./eu. redirect"
// TODO disagreements: [{"field": "authorizationEndpoint", "values": [{"value": "https://oauth.battle.net/authorize", "sources": 1}, {"value": "https://oauth.battle.net/oauth/authorize", "sources": 1}, {"value": "{battlenet_base_url}/authorize", "sources": 1}, {"value": "https://{subdomain}.battle.net/oauth/authorize", "sources": 1}]}, {"field": "tokenEndpoint", "values": [{"value": "https://oauth.battle.net/token", "sources": 1}, {"value": "https://oauth.battle.net/oauth/token", "sources": 1}, {"value": "{battlenet_base_url}/token", "sources": 1}, {"value": "https://{subdomain}.battle.net/oauth/token", "sources": 1}]}, {"field": "userinfoEndpoint", "values": [{"value": "https://oauth.battle.net/userinfo", "sources": 1}, {"value": "https://oauth.battle.net/oauth/userinfo", "sources": 1}, {"value": "{battlenet_base_url}/userinfo", "sources": 1}, {"value": "https://{subdomain}.battle.net/oauth/userinfo", "sources": 1}]}, {"field": "profile.subject", "values": [{"value": "sub", "sources": 1}, {"value": "id", "sources": 1}]}]
export const entry: Entry = {
  id: 'battlenet',
  name: 'Battle.net',
  protocol: 'oidc',
  domains: ['battle.net'],
  issuer: 'https://oauth.battle.net',
  endpoints: {
    authorization: 'https://oauth.battle.net/authorize',
    token: 'https://oauth.battle.net/token',
    userinfo: 'https://oauth.battle.net/userinfo',
  },
  scopes: { signIn: ['openid', 'profile', 'email'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'unknown' },
  localhost: 'allowed',
  links: {
    docs: 'https://develop.battle.net/documentation/guides/using-oauth',
    console: 'https://develop.battle.net/access/clients/create',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 6 },
}

import type { Entry } from '../entry.ts'

// TODO disagreements: [{"field": "userinfoEndpoint", "values": [{"value": "https://api.line.me/v2/profile", "sources": 3}, {"value": "https://api.line.me/oauth2/v2.1/userinfo", "sources": 1}]}, {"field": "profile.subject", "values": [{"value": "sub", "sources": 1}, {"value": "userId", "sources": 1}, {"value": "userId.sub", "sources": 1}]}]
export const entry: Entry = {
  id: 'line',
  name: 'LINE',
  protocol: 'oidc',
  domains: ['line.me'],
  issuer: 'https://access.line.me',
  endpoints: {
    authorization: 'https://access.line.me/oauth2/v2.1/authorize',
    token: 'https://api.line.me/oauth2/v2.1/token',
    userinfo: 'https://api.line.me/v2/profile',
  },
  scopes: { signIn: ['openid', 'profile', 'email'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'yes' },
  localhost: 'allowed',
  links: {
    docs: 'https://developers.line.biz/en/reference/line-login/#issue-access-token',
    console: 'https://developers.line.biz/console/',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 6 },
}

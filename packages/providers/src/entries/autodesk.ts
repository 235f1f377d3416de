import type { Entry } from '../entry.ts'

// TODO disagreements: [{"field": "userinfoEndpoint", "values": [{"value": "https://api.userprofile.autodesk.com/userinfo", "sources": 2}, {"value": "https://developer.api.autodesk.com/userprofile/v1/users/@me", "sources": 1}]}]
export const entry: Entry = {
  id: 'autodesk',
  name: 'Autodesk',
  protocol: 'oidc',
  domains: ['autodesk.com'],
  issuer: 'https://developer.api.autodesk.com',
  endpoints: {
    authorization: 'https://developer.api.autodesk.com/authentication/v2/authorize',
    token: 'https://developer.api.autodesk.com/authentication/v2/token',
    userinfo: 'https://api.userprofile.autodesk.com/userinfo',
    revocation: 'https://developer.api.autodesk.com/authentication/v2/revoke',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'user-profile:read'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: {
    docs: 'https://aps.autodesk.com/en/docs/oauth/v2/tutorials/get-3-legged-token-pkce/',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 4 },
}

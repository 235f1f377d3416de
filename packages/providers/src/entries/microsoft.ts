import type { Entry } from '../entry.ts'

// TODO refresh.note: word it anew, set endsAfterDays/endsUnusedAfterDays
// TODO localhost: http for localhost, port ignored
// TODO optionalAuthorizeParams: {"response_mode": "query"}
// TODO disagreements: [{"field": "userinfoEndpoint", "values": [{"value": "https://graph.microsoft.com/v1.0/me/photos/{profilePhotoSize}x{profilePhotoSize}/$value", "sources": 1}, {"value": "https://graph.microsoft.com/oidc/userinfo", "sources": 1}]}, {"field": "profile.subject", "values": [{"value": "oid", "sources": 1}, {"value": "sub", "sources": 1}]}]
// TODO derived quirks expected: email-not-verified issuer-varies-with-tenant offline-needs-scope
export const entry: Entry = {
  id: 'microsoft',
  name: 'Microsoft (Entra ID / personal accounts)',
  protocol: 'oidc',
  domains: ['microsoft.com', 'microsoftonline.com'],
  tenant: {
    tenant: { description: 'TODO', example: 'acme', kind: 'segment', default: 'common' },
  },
  issuer: 'https://login.microsoftonline.com/{tenant}/v2.0',
  endpoints: {
    authorization: 'https://login.microsoftonline.com/{tenant}/oauth2/v2.0/authorize',
    token: 'https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token',
    userinfo: 'https://graph.microsoft.com/oidc/userinfo',
  },
  clientAuthentication: 'basic',
  scopes: {
    signIn: ['openid', 'profile', 'email'],
    connect: ['openid', 'profile', 'email', 'offline_access'],
  },
  quirks: ['scope-not-echoed'],
  identity: { from: 'id-token' },
  refresh: {
    issued: 'yes',
    rotates: true,
    note: '90 days sliding; 24 h hard limit when the redirect URI is registered as type spa; needs offline_access; returns a new one on every use; the old one is not revoked; 60-90 min, random',
  },
  localhost: 'allowed',
  links: {
    docs: 'https://docs.microsoft.com/en-us/azure/active-directory/develop/v2-protocols-oidc',
  },
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 5,
    urls: ['https://learn.microsoft.com/entra/identity-platform/refresh-tokens'],
  },
}

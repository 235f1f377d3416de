import type { Entry } from '../entry.ts'

// TODO disagreements: [{"field": "tokenEndpoint", "values": [{"value": "https://ims-na1.adobelogin.com/ims/token/v3", "sources": 1}, {"value": "https://ims-na1.adobelogin.com/ims/token", "sources": 1}]}, {"field": "scopeSeparator", "values": [{"value": ",", "sources": 1}, {"value": " ", "sources": 1}]}]
// TODO derived quirks expected: comma-scopes nonstandard-discovery-path
export const entry: Entry = {
  id: 'adobe',
  name: 'Adobe',
  protocol: 'oidc',
  domains: ['adobelogin.com'],
  issuer: 'https://ims-na1.adobelogin.com',
  endpoints: {
    authorization: 'https://ims-na1.adobelogin.com/ims/authorize/v2',
    token: 'https://ims-na1.adobelogin.com/ims/token/v3',
    userinfo: 'https://ims-na1.adobelogin.com/ims/userinfo/v2',
    discovery: 'https://ims-na1.adobelogin.com/ims/.well-known/openid-configuration',
  },
  scopes: {
    separator: ',',
    signIn: ['openid', 'AdobeID'],
    connect: ['openid', 'AdobeID', 'offline_access'],
  },
  identity: { from: 'id-token' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {
    docs: 'https://developer.adobe.com/developer-console/docs/guides/authentication/UserAuthentication/',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}

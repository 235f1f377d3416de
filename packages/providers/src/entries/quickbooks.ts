import type { Entry } from '../entry.ts'

// TODO refresh.note: word it anew, set endsAfterDays/endsUnusedAfterDays
// TODO localhost: for development keys only
// TODO environments: {"sandbox": {"authorizationEndpoint": "https://appcenter.intuit.com/connect/oauth2", "tokenEndpoint": "https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer", "apiBase": "https://sandbox-quickbooks.api.intuit.com", "issuerOrTokenEndpoint": "https://oauth.platform.intuit.com/op/v1"}}
// TODO derived quirks expected: nonstandard-discovery-path rotating-refresh-token tenant-in-callback
export const entry: Entry = {
  id: 'quickbooks',
  name: 'QuickBooks Online (Intuit)',
  protocol: 'oidc',
  domains: ['intuit.com'],
  issuer: 'https://oauth.platform.intuit.com/op/v1',
  endpoints: {
    authorization: 'https://appcenter.intuit.com/connect/oauth2',
    token: 'https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer',
    userinfo: 'https://accounts.platform.intuit.com/v1/openid_connect/userinfo',
    revocation: 'https://developer.api.intuit.com/v2/oauth2/tokens/revoke',
    discovery: 'https://developer.api.intuit.com/.well-known/openid_configuration',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'profile', 'phone', 'email'] },
  quirks: ['lost-response-breaks-connection', 'nonce-not-echoed'],
  wire: { keepFromCallback: ['realmId'] },
  identity: { from: 'id-token' },
  refresh: {
    issued: 'yes',
    rotates: true,
    accessTokenSeconds: 3600,
    note: '100 days sliding, five years hard limit (since 2025); value changes about every 24 h; always store the latest, the old one dies when a new one is issued',
  },
  localhost: 'allowed',
  links: {
    docs: 'https://developer.intuit.com/app/developer/qbo/docs/develop/authentication-and-authorization/faq',
    console: 'https://developer.intuit.com/app/developer/dashboard',
  },
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 5,
    urls: [
      'https://developer.intuit.com/app/developer/qbo/docs/develop/authentication-and-authorization/faq',
      'https://github.com/intuit/QuickBooks-V3-Java-SDK/releases/tag/v6.5.4',
    ],
  },
}

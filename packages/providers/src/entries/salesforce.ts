import type { Entry } from '../entry.ts'

// TODO refresh.note: word it anew, set endsAfterDays/endsUnusedAfterDays
// TODO environments: {"sandbox": {"authorizationEndpoint": "https://{hostname}/services/oauth2/authorize", "tokenEndpoint": "https://{hostname}/services/oauth2/token", "apiBase": "{instance_url}"}}
// TODO pkceNote: "required for partner apps"
// TODO disagreements: [{"field": "authorizationEndpoint", "values": [{"value": "https://{hostname}/services/oauth2/authorize", "sources": 1}, {"value": "https://login.salesforce.com/services/oauth2/authorize", "sources": 2}, {"value": "{base_url}/services/oauth2/authorize", "sources": 1}]}, {"field": "tokenEndpoint", "values": [{"value": "https://{hostname}/services/oauth2/token", "sources": 1}, {"value": "https://login.salesforce.com/services/oauth2/token", "sources": 2}, {"value": "{base_url}/services/oauth2/token", "sources": 1}]}, {"field": "userinfoEndpoint", "values": [{"value": "{base_url}/services/oauth2/userinfo", "sources": 1}, {"value": "https://login.salesforce.com/services/oauth2/userinfo", "sources": 1}]}]
// TODO derived quirks expected: offline-needs-scope tenant-host tenant-in-token-response
export const entry: Entry = {
  id: 'salesforce',
  name: 'Salesforce',
  protocol: 'oidc',
  domains: [],
  tenant: {
    host: {
      description: 'TODO',
      example: 'acme.my.salesforce.com',
      kind: 'host',
      default: 'login.salesforce.com',
    },
  },
  issuer: 'https://{host}',
  endpoints: {
    authorization: 'https://{host}/services/oauth2/authorize',
    token: 'https://{host}/services/oauth2/token',
    userinfo: 'https://{host}/services/oauth2/userinfo',
    revocation: 'https://{host}/services/oauth2/revoke',
    introspection: 'https://{host}/services/oauth2/introspect',
  },
  clientAuthentication: 'basic',
  scopes: {
    signIn: ['openid', 'id', 'api'],
    connect: ['openid', 'id', 'api', 'refresh_token', 'offline_access'],
  },
  quirks: ['no-expires-in', 'token-count-cap'],
  wire: { keepFromToken: ['instance_url', 'id', 'issued_at'] },
  identity: { from: 'id-token' },
  refresh: {
    issued: 'yes',
    note: 'set by the org policy; needs refresh_token/offline_access scope; when refresh token rotation is on for the app (off by default, recommended); not returned; org session timeout, typically 2 h; introspect or react to 401',
  },
  localhost: 'allowed',
  links: {
    docs: 'https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_web_server_flow.htm',
  },
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 7,
    urls: [
      'https://help.salesforce.com (OAuth 2.0 Refresh Token Flow for Renewed Sessions)',
      'https://developer.salesforce.com/docs/platform/isvforce/guide/secure-code-ac-eca.md',
    ],
  },
}

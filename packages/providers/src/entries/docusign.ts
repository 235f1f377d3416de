import type { Entry } from '../entry.ts'

// TODO refresh.note: word it anew, set endsAfterDays/endsUnusedAfterDays
// TODO localhost: in the demo environment
// TODO afterConnect: "read userinfo and keep accounts[].account_id and accounts[].base_uri"
// TODO environments: {"sandbox": {"authorizationEndpoint": "https://account-d.docusign.com/oauth/auth", "tokenEndpoint": "https://account-d.docusign.com/oauth/token", "apiBase": "https://demo.docusign.net"}, "development": {"issuerOrTokenEndpoint": "https://account-d.docusign.com/"}, "demo": {"authorizationEndpoint": "https://account-d.docusign.com/oauth/auth", "tokenEndpoint": "https://account-d.docusign.com/oauth/token", "userinfoEndpoint": "https://account-d.docusign.com/oauth/userinfo"}}
// TODO derived quirks expected: fixed-refresh-lifetime offline-needs-scope rotating-refresh-token
export const entry: Entry = {
  id: 'docusign',
  name: 'Docusign',
  protocol: 'oidc',
  domains: ['docusign.com'],
  issuer: 'https://account.docusign.com/',
  endpoints: {
    authorization: 'https://account.docusign.com/oauth/auth',
    token: 'https://account.docusign.com/oauth/token',
    userinfo: 'https://account.docusign.com/oauth/userinfo',
    discovery: 'https://account.docusign.com/.well-known/openid-configuration',
  },
  clientAuthentication: 'basic',
  scopes: {
    signIn: ['openid', 'signature'],
    connect: ['openid', 'signature', 'extended'],
  },
  quirks: ['nonce-not-echoed', 'scope-spelling', 'tenant-from-api-call'],
  identity: { from: 'id-token' },
  refresh: {
    issued: 'yes',
    rotates: true,
    accessTokenSeconds: 28800,
    note: '30 days; restarts at each refresh only with scope extended',
  },
  localhost: 'allowed',
  links: {
    docs: 'https://developers.docusign.com/platform/auth/authcode/',
    console: 'https://admindemo.docusign.com/apps-and-keys',
  },
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 3,
    urls: [
      'https://developers.docusign.com/platform/auth/reference/scopes/',
      'https://developers.docusign.com/platform/auth/authcode/authcode-get-token/',
    ],
  },
}

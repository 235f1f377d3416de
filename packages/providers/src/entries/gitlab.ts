import type { Entry } from '../entry.ts'

// TODO refresh.note: word it anew, set endsAfterDays/endsUnusedAfterDays
// TODO disagreements: [{"field": "authorizationEndpoint", "values": [{"value": "https://gitlab.com/oauth/authorize", "sources": 2}, {"value": "{baseURL}/oauth/authorize", "sources": 1}]}, {"field": "tokenEndpoint", "values": [{"value": "https://gitlab.com/oauth/token", "sources": 2}, {"value": "{baseURL}/oauth/token", "sources": 1}]}, {"field": "userinfoEndpoint", "values": [{"value": "https://gitlab.com/api/v4/user", "sources": 2}, {"value": "https://gitlab.com/api/v3/user", "sources": 1}]}, {"field": "profile.subject", "values": [{"value": "id", "sources": 2}, {"value": ["sub", "id"], "sources": 1}]}]
// TODO derived quirks expected: rotating-refresh-token self-hosted-host
export const entry: Entry = {
  id: 'gitlab',
  name: 'GitLab',
  protocol: 'oidc',
  domains: ['gitlab.com'],
  tenant: {
    host: { description: 'TODO', example: 'acme', kind: 'host', default: 'gitlab.com' },
  },
  issuer: 'https://gitlab.com',
  endpoints: {
    authorization: 'https://{host}/oauth/authorize',
    token: 'https://{host}/oauth/token',
    userinfo: 'https://{host}/oauth/userinfo',
    revocation: 'https://{host}/oauth/revoke',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'read_user'] },
  identity: { from: 'id-token' },
  refresh: {
    issued: 'yes',
    rotates: true,
    accessTokenSeconds: 7200,
    note: 'expires_in went missing in one release (gitlab-org/gitlab#360729)',
  },
  localhost: 'allowed',
  links: {
    docs: 'https://docs.gitlab.com/api/oauth2',
    console: 'https://gitlab.com/-/user_settings/applications',
  },
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 6,
    urls: ['https://docs.gitlab.com/api/oauth2'],
  },
}

import type { Entry } from '../entry.ts'

// TODO refresh.note: word it anew, set endsAfterDays/endsUnusedAfterDays
// TODO validateEndpoint: "https://id.twitch.tv/oauth2/validate"
// TODO disagreements: [{"field": "profile.subject", "values": [{"value": "sub", "sources": 1}, {"value": "id", "sources": 1}]}]
// TODO derived quirks expected: client-id-header
export const entry: Entry = {
  id: 'twitch',
  name: 'Twitch',
  protocol: 'oidc',
  domains: ['twitch.tv'],
  issuer: 'https://id.twitch.tv/oauth2',
  endpoints: {
    authorization: 'https://id.twitch.tv/oauth2/authorize',
    token: 'https://id.twitch.tv/oauth2/token',
    userinfo: 'https://id.twitch.tv/oauth2/userinfo',
    revocation: 'https://id.twitch.tv/oauth2/revoke',
  },
  scopes: { signIn: ['user:read:email', 'openid'] },
  quirks: ['claims-parameter', 'hourly-validate-duty', 'scope-as-array'],
  wire: {
    headers: {
      'Client-Id': '{client_id}',
    },
  },
  identity: { from: 'id-token' },
  refresh: {
    issued: 'yes',
    accessTokenSeconds: 14400,
    note: 'Twitch asks for reactive refresh on 401; may change; store what comes back; about 14400',
  },
  localhost: 'allowed',
  links: {
    docs: 'https://dev.twitch.tv/docs/authentication/',
    console: 'https://dev.twitch.tv/console/apps',
  },
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 7,
    urls: [
      'https://dev.twitch.tv/docs/authentication/refresh-tokens/',
      'https://dev.twitch.tv/docs/authentication/validate-tokens',
    ],
  },
}

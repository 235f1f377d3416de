import type { Entry } from '../entry.ts'

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
  scopes: { signIn: ['openid', 'user:read:email'] },
  authorizeParams: {
    claims: '{"id_token":{"email":null,"email_verified":null,"picture":null,"preferred_username":null}}',
  },
  quirks: ['claims-parameter', 'hourly-validate-duty', 'scope-as-array'],
  wire: { headers: { 'Client-Id': '{client_id}' } },
  identity: { from: 'id-token' },
  refresh: {
    issued: 'yes',
    accessTokenSeconds: 14400,
    note: 'Twitch asks to refresh when a call is refused rather than by the clock; a new refresh token counts when it comes.',
  },
  localhost: 'allowed',
  apiHosts: ['api.twitch.tv', 'id.twitch.tv'],
  links: {
    console: 'https://dev.twitch.tv/console/apps',
    docs: 'https://dev.twitch.tv/docs/authentication/',
  },
  traps: [
    'Apps have to ask id.twitch.tv/oauth2/validate every hour whether a token still holds.',
    'API calls need the header Client-Id beside the token.',
    'The account needs two-factor authentication before it can register an app.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 7,
    urls: [
      'https://dev.twitch.tv/docs/authentication/refresh-tokens/',
      'https://dev.twitch.tv/docs/authentication/validate-tokens',
    ],
    decisions: ["The ID token's sub, which is the same number as id of its API."],
  },
}

import type { Entry } from '../entry.ts'

// TODO refresh.note: word it anew, set endsAfterDays/endsUnusedAfterDays
// TODO localhost: https only, except localhost for PKCE apps
// TODO revocation: {"note": "POST https://slack.com/api/auth.revoke with the token as Bearer"}
// TODO pkceNote: "opt-in since 2026-03; turning it on makes the app a public client, one-way, and caps refresh tokens at 30 days"
// TODO disagreements: [{"field": "userinfoEndpoint", "values": [{"value": "https://slack.com/api/users.identity", "sources": 1}, {"value": "https://slack.com/api/auth.test", "sources": 1}]}]
// TODO derived quirks expected: comma-scopes tenant-in-token-response two-tokens-in-one-response
export const entry: Entry = {
  id: 'slack',
  name: 'Slack (app install)',
  protocol: 'oauth2',
  domains: ['slack.com'],
  endpoints: {
    authorization: 'https://slack.com/oauth/v2/authorize',
    token: 'https://slack.com/api/oauth.v2.access',
    userinfo: 'https://slack.com/api/auth.test',
  },
  clientAuthentication: 'basic',
  scopes: { separator: ',', signIn: ['identity.basic'] },
  quirks: ['error-with-http-200', 'never-expires-became-optional'],
  wire: {
    authorizeNames: { scope: 'user_scope' },
    tokenPath: 'authed_user',
    tokenSuccess: { member: 'ok', good: true },
    keepFromToken: ['team.id', 'enterprise.id', 'bot_user_id', 'authed_user.id', 'incoming_webhook'],
  },
  identity: {
    from: 'token-response',
    subject: ['authed_user.id', 'team.id'],
    name: 'user.name',
    email: 'user.email',
  },
  refresh: {
    issued: 'conditional',
    rotates: true,
    accessTokenSeconds: 43200,
    note: 'no end (30 days for PKCE apps); only when token rotation is switched on for the app (cannot be switched off); bot and user tokens have separate refresh tokens; long-lived tokens are converted once with oauth.v2.exchange',
  },
  localhost: 'https-only',
  links: {
    docs: 'https://docs.slack.dev/authentication/installing-with-oauth',
    console: 'https://api.slack.com/apps',
  },
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 2,
    urls: [
      'https://docs.slack.dev/authentication/installing-with-oauth',
      'https://docs.slack.dev/authentication/using-token-rotation',
      'https://docs.slack.dev/authentication/using-pkce',
      'https://docs.slack.dev/changelog/2026/03/30/pkce',
    ],
  },
}

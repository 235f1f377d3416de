import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'slack',
  name: 'Slack',
  protocol: 'oauth2',
  domains: ['slack.com'],
  endpoints: {
    authorization: 'https://slack.com/oauth/v2/authorize',
    token: 'https://slack.com/api/oauth.v2.access',
    revocation: 'https://slack.com/api/auth.revoke',
  },
  clientAuthentication: 'basic',
  scopes: { separator: ',', signIn: ['users:read'] },
  quirks: ['error-with-http-200', 'never-expires-became-optional', 'nonstandard-token-fields'],
  wire: {
    authorizeNames: { scope: 'user_scope' },
    tokenPath: 'authed_user',
    tokenSuccess: { member: 'ok', good: true },
    keepFromToken: ['team.id', 'enterprise.id', 'authed_user.id'],
    revocation: 'bearer-post',
  },
  identity: { from: 'token-response', subject: ['team.id', 'authed_user.id'] },
  refresh: {
    issued: 'conditional',
    rotates: true,
    accessTokenSeconds: 43200,
    note: 'Only with token rotation, which cannot be switched off again; without it a token does not end.',
  },
  localhost: 'https-only',
  apiHosts: ['slack.com'],
  links: {
    console: 'https://api.slack.com/apps',
    docs: 'https://docs.slack.dev/authentication/installing-with-oauth',
  },
  traps: [
    "To sign people in, use slack-openid; for a bot's token, slack-bot: this entry keeps the token of the person.",
    'Redirect URIs must be https, also for localhost.',
    'PKCE has to be switched on for the app, which makes it a public client for good.',
  ],
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
    decisions: [
      'The subject comes from the token response, which every scope gets: users.identity and auth.test are further calls.',
    ],
  },
}

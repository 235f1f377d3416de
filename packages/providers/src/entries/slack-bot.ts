import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'slack-bot',
  name: 'Slack (bot)',
  protocol: 'oauth2',
  domains: ['slack.com'],
  endpoints: {
    authorization: 'https://slack.com/oauth/v2/authorize',
    token: 'https://slack.com/api/oauth.v2.access',
    revocation: 'https://slack.com/api/auth.revoke',
  },
  clientAuthentication: 'basic',
  scopes: { separator: ',', connect: ['team:read'] },
  quirks: ['error-with-http-200', 'never-expires-became-optional', 'nonstandard-token-fields'],
  wire: {
    tokenSuccess: { member: 'ok', good: true },
    keepFromToken: ['team.id', 'enterprise.id', 'bot_user_id', 'authed_user.id', 'incoming_webhook.url'],
    revocation: 'bearer-post',
  },
  identity: {
    from: 'token-response',
    shared: true,
    because:
      'The account is the app in a workspace: everybody who may install it would sign in as the same one.',
    subject: ['team.id', 'bot_user_id'],
    name: 'team.name',
  },
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
    'The account is the bot in its workspace, not the person who installs it: connect it, do not sign in with it.',
    'Redirect URIs must be https, also for localhost.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 2,
    urls: [
      'https://docs.slack.dev/authentication/installing-with-oauth',
      'https://docs.slack.dev/authentication/using-token-rotation',
    ],
    decisions: ['An entry of its own beside slack: one answer holds two tokens, and a connection holds one.'],
  },
}

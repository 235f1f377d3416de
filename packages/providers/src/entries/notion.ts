import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'notion',
  name: 'Notion',
  protocol: 'oauth2',
  domains: ['notion.com'],
  endpoints: {
    authorization: 'https://api.notion.com/v1/oauth/authorize',
    token: 'https://api.notion.com/v1/oauth/token',
    userinfo: 'https://api.notion.com/v1/users/me',
    revocation: 'https://api.notion.com/v1/oauth/revoke',
  },
  clientAuthentication: 'basic',
  authorizeParams: { owner: 'user' },
  quirks: ['json-token-body', 'never-expires-became-optional', 'no-scope-parameter'],
  wire: {
    headers: { 'Notion-Version': '2022-06-28' },
    keepFromToken: ['workspace_id', 'workspace_name', 'bot_id'],
    revocationRequest: {
      method: 'POST',
      sends: { token: '{access_token}' },
      as: 'json',
      authorization: 'basic',
    },
  },
  identity: {
    from: 'userinfo',
    subject: 'bot.owner.user.id',
    name: 'bot.owner.user.name',
    email: 'bot.owner.user.person.email',
    picture: 'bot.owner.user.avatar_url',
  },
  refresh: {
    issued: 'conditional',
    rotates: true,
    note: 'Older apps got tokens without end and without a refresh token.',
  },
  localhost: 'allowed',
  apiHosts: ['api.notion.com'],
  links: {
    console: 'https://www.notion.so/profile/integrations',
    docs: 'https://developers.notion.com/reference/create-a-token',
  },
  traps: [
    'Make the integration public; an internal one has a fixed token and no OAuth.',
    'The address comes only where the capability to read user information with e-mail addresses is ticked.',
    'People choose the pages that they share, and the app sees nothing else.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 7,
    urls: [
      'https://developers.notion.com/reference/create-a-token',
      'https://developers.notion.com/reference/revoke-token',
    ],
    decisions: [
      'The id of users/me is that of the bot, new for each workspace; the person is its owner.',
      'Libraries expect no refresh token, but the documented answer has one.',
    ],
  },
}

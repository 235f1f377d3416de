import type { Entry } from '../entry.ts'

// TODO refresh.note: word it anew, set endsAfterDays/endsUnusedAfterDays
// TODO disagreements: [{"field": "userinfoEndpoint", "values": [{"value": "https://api.notion.com/v1/users/me", "sources": 3}, {"value": "https://api.notion.com/v1/users", "sources": 1}]}, {"field": "profile.subject", "values": [{"value": "id", "sources": 2}, {"value": "bot.owner.user.id", "sources": 1}]}]
// TODO derived quirks expected: no-scopes profile-wrapped tenant-in-token-response version-header
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
    introspection: 'https://api.notion.com/v1/oauth/introspect',
  },
  clientAuthentication: 'basic',
  authorizeParams: { owner: 'user' },
  quirks: ['json-token-body', 'never-expires-became-optional'],
  wire: {
    headers: { 'Notion-Version': '2022-06-28' },
    keepFromToken: ['workspace_id', 'workspace_name', 'bot_id', 'owner'],
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
    note: 'token response documents refresh_token; older docs and every library say none',
  },
  localhost: 'allowed',
  links: {
    docs: 'https://developers.notion.com/reference/create-a-token',
    console: 'https://www.notion.so/my-integrations',
  },
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 7,
    urls: ['https://developers.notion.com/reference/create-a-token'],
  },
}

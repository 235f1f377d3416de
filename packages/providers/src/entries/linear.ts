import type { Entry } from '../entry.ts'

// TODO refresh.note: word it anew, set endsAfterDays/endsUnusedAfterDays
// TODO optionalAuthorizeParams: {"actor": "app"}
// TODO derived quirks expected: comma-scopes graphql-userinfo profile-wrapped
export const entry: Entry = {
  id: 'linear',
  name: 'Linear',
  protocol: 'oauth2',
  domains: ['linear.app'],
  endpoints: {
    authorization: 'https://linear.app/oauth/authorize',
    token: 'https://api.linear.app/oauth/token',
    userinfo: 'https://api.linear.app/graphql',
    revocation: 'https://api.linear.app/oauth/revoke',
  },
  clientAuthentication: 'basic',
  scopes: { separator: ',', signIn: ['read'] },
  connectAuthorizeParams: { prompt: 'consent' },
  quirks: ['never-expires-became-optional', 'userinfo-post'],
  wire: {
    userinfoBody: { query: 'TODO GraphQL query viewer {id name email avatarUrl}' },
  },
  identity: {
    from: 'userinfo',
    subject: 'data.viewer.id',
    name: 'data.viewer.name',
    email: 'data.viewer.email',
    picture: 'data.viewer.avatarUrl',
  },
  refresh: {
    issued: 'conditional',
    rotates: true,
    accessTokenSeconds: 86400,
    note: 'for apps created since 2025-10-01; older apps had to move by 2026-04-01',
  },
  localhost: 'allowed',
  links: {
    docs: 'https://linear.app/developers/oauth-2-0-authentication',
    console: 'https://linear.app/settings/api/applications/new',
  },
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 2,
    urls: ['https://linear.app/developers/oauth-2-0-authentication'],
  },
}

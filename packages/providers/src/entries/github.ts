import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'github',
  name: 'GitHub',
  protocol: 'oauth2',
  domains: ['github.com'],
  endpoints: {
    authorization: 'https://github.com/login/oauth/authorize',
    token: 'https://github.com/login/oauth/access_token',
    userinfo: 'https://api.github.com/user',
    emails: 'https://api.github.com/user/emails',
    revocation: 'https://api.github.com/applications/{client_id}/token',
  },
  scopes: { signIn: ['read:user', 'user:email'] },
  quirks: ['error-with-http-200', 'never-expires-became-optional'],
  wire: { revocation: 'basic-json-delete' },
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: 'name',
    login: 'login',
    picture: 'avatar_url',
    emails: { email: 'email', verified: 'verified', primary: 'primary' },
  },
  refresh: {
    issued: 'conditional',
    rotates: true,
    accessTokenSeconds: 28800,
    endsUnusedAfterDays: 184,
    note: 'Only where the app has expiring tokens switched on, else the token lasts; a refresh also ends the access token before it.',
  },
  localhost: 'allowed',
  apiHosts: ['api.github.com', 'uploads.github.com'],
  links: {
    console: 'https://github.com/settings/developers',
    docs: 'https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps',
  },
  traps: [
    'A GitHub App has no scopes: give it the account permission Email addresses (read) or the address stays unknown.',
    'The address in the public profile may be missing and says nothing about verification, so a second call reads the list.',
    'An organization can keep an OAuth app from its data until an owner approves it.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 7,
    urls: [
      'https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/refreshing-user-access-tokens',
      'https://github.com/orgs/community/discussions/204963',
    ],
    decisions: ['Answers are form-encoded only to clients that do not ask for JSON, which we always do.'],
  },
}

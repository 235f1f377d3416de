import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'todoist',
  name: 'Todoist',
  protocol: 'oauth2',
  domains: ['todoist.com'],
  endpoints: {
    authorization: 'https://app.todoist.com/oauth/authorize',
    token: 'https://api.todoist.com/oauth/access_token',
    userinfo: 'https://api.todoist.com/api/v1/user',
    revocation: 'https://api.todoist.com/api/v1/revoke',
  },
  scopes: { separator: ',', signIn: ['data:read'] },
  quirks: ['never-expires-became-optional', 'old-endpoints-in-libraries'],
  identity: { from: 'userinfo', subject: 'id', name: 'full_name', email: 'email', picture: 'avatar_big' },
  refresh: {
    issued: 'conditional',
    rotates: true,
    note: 'Apps registered before refresh tokens came have access tokens that do not end.',
  },
  localhost: 'unknown',
  apiHosts: ['api.todoist.com'],
  links: {
    console: 'https://app.todoist.com/app/settings/integrations/app-management',
    docs: 'https://developer.todoist.com/api/v1/#tag/Authorization',
  },
  traps: ['An app has one redirect URI.'],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 4,
    urls: ['https://doist.github.io/todoist-sdk-typescript/api/functions/refreshAuthToken'],
    decisions: ['The first version of its unified API: sync v9, which sources have, is switched off.'],
  },
}

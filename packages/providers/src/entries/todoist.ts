import type { Entry } from '../entry.ts'

// TODO derived quirks expected: comma-scopes
export const entry: Entry = {
  id: 'todoist',
  name: 'Todoist',
  protocol: 'oauth2',
  domains: ['todoist.com'],
  endpoints: {
    authorization: 'https://todoist.com/oauth/authorize',
    token: 'https://todoist.com/oauth/access_token',
    userinfo: 'https://api.todoist.com/sync/v9/sync',
  },
  scopes: { separator: ',', signIn: ['data:read'] },
  quirks: ['userinfo-post'],
  identity: {
    from: 'userinfo',
    subject: 'user.id',
    name: 'user.full_name',
    email: 'user.email',
    picture: 'user.avatar_big',
  },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {
    docs: 'https://developer.todoist.com/guides/#authorization',
    console: 'https://developer.todoist.com/appconsole.html',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'wahoo',
  name: 'Wahoo',
  protocol: 'oauth2',
  domains: ['wahooligan.com'],
  endpoints: {
    authorization: 'https://api.wahooligan.com/oauth/authorize',
    token: 'https://api.wahooligan.com/oauth/token',
    userinfo: 'https://api.wahooligan.com/v1/user',
  },
  scopes: { signIn: ['user_read'] },
  identity: { from: 'userinfo', subject: 'id' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {
    docs: 'https://developers.wahooligan.com/applications/new',
    console: 'https://developers.wahooligan.com/applications/new',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

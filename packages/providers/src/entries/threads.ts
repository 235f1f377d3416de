import type { Entry } from '../entry.ts'

// TODO derived quirks expected: comma-scopes no-refresh-token-exchange-instead separate-refresh-endpoint
export const entry: Entry = {
  id: 'threads',
  name: 'Threads',
  protocol: 'oauth2',
  domains: ['threads.net'],
  endpoints: {
    authorization: 'https://threads.net/oauth/authorize',
    token: 'https://graph.threads.net/oauth/access_token',
    userinfo: 'https://graph.threads.net/v1.0/me?fields=id,username,threads_profile_picture_url',
  },
  scopes: { separator: ',', signIn: ['threads_basic'] },
  identity: {
    from: 'userinfo',
    subject: 'data.id',
    name: 'data.username',
    picture: 'data.threads_profile_picture_url',
  },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: {
    docs: 'https://developers.facebook.com/docs/threads',
    console: 'https://developers.facebook.com/apps/',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

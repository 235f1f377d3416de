import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'threads',
  name: 'Threads',
  protocol: 'oauth2',
  domains: ['threads.net', 'threads.com'],
  endpoints: {
    authorization: 'https://threads.net/oauth/authorize',
    token: 'https://graph.threads.net/oauth/access_token',
    exchange: 'https://graph.threads.net/access_token',
    refresh: 'https://graph.threads.net/refresh_access_token',
    userinfo: 'https://graph.threads.net/v1.0/me?fields=id,username,name,threads_profile_picture_url',
  },
  scopes: { separator: ',', signIn: ['threads_basic'] },
  quirks: ['api-version-in-url', 'nonstandard-token-fields', 'subject-scoped-to-app'],
  wire: {
    codeSuffix: '#_',
    exchange: {
      grantType: 'th_exchange_token',
      tokenParameter: 'access_token',
      sends: ['client_secret'],
    },
    refreshExchange: { grantType: 'th_refresh_token', tokenParameter: 'access_token', sends: [] },
  },
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: 'name',
    login: 'username',
    picture: 'threads_profile_picture_url',
  },
  refresh: {
    issued: 'no',
    accessTokenSeconds: 5184000,
    endsUnusedAfterDays: 60,
    note: 'A long-lived token is exchanged for a newer one while it lasts, and not before it is a day old.',
  },
  localhost: 'https-only',
  apiHosts: ['graph.threads.net'],
  links: {
    console: 'https://developers.facebook.com/apps/',
    docs: 'https://developers.facebook.com/docs/threads/get-started',
  },
  traps: [
    "Threads has an app id and a secret of its own, which are not the Meta app's.",
    "People have to accept the tester's role in Threads until the app is reviewed.",
  ],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 3,
    decisions: [
      'The members stand at the top of the profile, not below data.',
      'threads.net, which answers beside the newer threads.com.',
    ],
  },
}

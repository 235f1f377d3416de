import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'tiktok',
  name: 'TikTok',
  protocol: 'oauth2',
  domains: ['tiktok.com', 'tiktokapis.com'],
  endpoints: {
    authorization: 'https://www.tiktok.com/v2/auth/authorize/',
    token: 'https://open.tiktokapis.com/v2/oauth/token/',
    userinfo: 'https://open.tiktokapis.com/v2/user/info/?fields=open_id,union_id,avatar_url,display_name',
    revocation: 'https://open.tiktokapis.com/v2/oauth/revoke/',
  },
  scopes: { separator: ',', signIn: ['user.info.basic'] },
  quirks: ['client-key-param', 'subject-scoped-to-app', 'user-can-drop-scopes'],
  identity: {
    from: 'userinfo',
    subject: 'data.user.open_id',
    name: 'data.user.display_name',
    picture: 'data.user.avatar_url',
  },
  refresh: {
    issued: 'yes',
    rotates: true,
    accessTokenSeconds: 7200,
    endsUnusedAfterDays: 180,
    note: 'Older pages give a day for the access token and a year for the refresh token; the answer tells.',
  },
  localhost: 'forbidden',
  apiHosts: ['open.tiktokapis.com'],
  links: {
    console: 'https://developers.tiktok.com/apps',
    docs: 'https://developers.tiktok.com/doc/oauth-user-access-token-management',
  },
  traps: [
    'The client key is the client id.',
    'Redirect URIs must be https, without query and on a public host, and the app has to be reviewed or run in a sandbox with listed people.',
    'There is no e-mail address.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 5,
    urls: [
      'https://developers.tiktok.com/docs/en/oauth-refresh-a-user-access-token',
      'https://developers.tiktok.com/doc/login-kit-web',
    ],
    decisions: [
      'The second version of its API: the hosts of the first are gone.',
      'user.info.basic is enough for the fields that are read.',
      'Scopes are joined with a comma, as its documentation says.',
    ],
  },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'snapchat',
  name: 'Snapchat',
  protocol: 'oauth2',
  domains: ['snapchat.com'],
  endpoints: {
    authorization: 'https://accounts.snapchat.com/accounts/oauth2/auth',
    token: 'https://accounts.snapchat.com/accounts/oauth2/token',
    userinfo: 'https://kit.snapchat.com/v1/me',
  },
  clientAuthentication: 'basic',
  scopes: {
    signIn: [
      'https://auth.snapchat.com/oauth2/api/user.external_id',
      'https://auth.snapchat.com/oauth2/api/user.display_name',
      'https://auth.snapchat.com/oauth2/api/user.bitmoji.avatar',
    ],
  },
  quirks: ['subject-scoped-to-app', 'user-can-drop-scopes', 'userinfo-post'],
  wire: { userinfoBody: { query: '{ me { externalId displayName bitmoji { avatar } } }' } },
  identity: {
    from: 'userinfo',
    subject: 'data.me.externalId',
    name: 'data.me.displayName',
    picture: 'data.me.bitmoji.avatar',
  },
  refresh: { issued: 'yes', accessTokenSeconds: 3600 },
  localhost: 'https-only',
  links: {
    console: 'https://kit.snapchat.com/manage/',
    docs: 'https://developers.snap.com/snap-kit/login-kit/overview',
  },
  traps: [
    'Until it is reviewed, an app can be used by listed test accounts only.',
    'There is no e-mail address.',
  ],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 3,
    decisions: [
      "Login Kit, which two of three sources have: the third one's hosts belong to the Ads API, which has another kind of app.",
    ],
  },
}

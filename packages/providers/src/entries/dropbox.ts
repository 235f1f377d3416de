import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'dropbox',
  name: 'Dropbox',
  protocol: 'oauth2',
  domains: ['dropbox.com', 'dropboxapi.com'],
  endpoints: {
    authorization: 'https://www.dropbox.com/oauth2/authorize',
    token: 'https://api.dropboxapi.com/oauth2/token',
    userinfo: 'https://api.dropboxapi.com/2/users/get_current_account',
    revocation: 'https://api.dropboxapi.com/2/auth/token/revoke',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['account_info.read'] },
  connectAuthorizeParams: { token_access_type: 'offline' },
  quirks: ['userinfo-post'],
  wire: { revocation: 'bearer-post' },
  identity: {
    from: 'userinfo',
    subject: 'account_id',
    name: 'name.display_name',
    email: 'email',
    emailVerified: 'email_verified',
    picture: 'profile_photo_url',
  },
  refresh: {
    issued: 'conditional',
    rotates: false,
    omitted: true,
    accessTokenSeconds: 14_400,
    note: 'There is a refresh token only with token_access_type=offline, and it stays valid until it is revoked.',
  },
  localhost: 'allowed',
  apiHosts: ['api.dropboxapi.com', 'content.dropboxapi.com'],
  links: {
    console: 'https://www.dropbox.com/developers/apps',
    docs: 'https://developers.dropbox.com/oauth-guide',
  },
  traps: [
    "Scopes are ticked on the app's page under Permissions before a request may name them.",
    'An app in development serves a limited number of people until Dropbox has approved it for production.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 7,
    urls: ['https://dropbox.tech/developers/using-oauth-2-0-with-offline-access'],
    decisions: [
      "The API's host is api.dropboxapi.com, as most sources and the documentation have it.",
      "OAuth instead of Dropbox's OpenID Connect, whose ID token comes without the nonce and tells no more.",
    ],
  },
}

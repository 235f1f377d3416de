import type { Entry } from '../entry.ts'

// TODO alsoOidcIssuer https://www.dropbox.com
// TODO refresh.note: word it anew, set endsAfterDays/endsUnusedAfterDays
// TODO revocation: {"note": "POST https://api.dropboxapi.com/2/auth/token/revoke with the token as Bearer"}
// TODO disagreements: [{"field": "tokenEndpoint", "values": [{"value": "https://api.dropboxapi.com/oauth2/token", "sources": 5}, {"value": "https://api.dropbox.com/oauth2/token", "sources": 1}]}, {"field": "userinfoEndpoint", "values": [{"value": "https://api.dropboxapi.com/2/users/get_current_account", "sources": 4}, {"value": "https://api.dropbox.com/2/users/get_current_account", "sources": 1}]}]
// TODO derived quirks expected: offline-needs-extra-params refresh-omits-refresh-token
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
  quirks: ['nonce-not-echoed', 'userinfo-post'],
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
    accessTokenSeconds: 14400,
    note: 'until revoked; only with token_access_type=offline',
  },
  localhost: 'allowed',
  links: {
    docs: 'https://developers.dropbox.com/oauth-guide',
    console: 'https://www.dropbox.com/developers/apps',
  },
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 7,
    urls: ['https://dropbox.tech/developers/using-oauth-2-0-with-offline-access'],
  },
}

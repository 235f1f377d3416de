import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'weibo',
  name: 'Weibo',
  protocol: 'oauth2',
  domains: ['weibo.com'],
  endpoints: {
    authorization: 'https://api.weibo.com/oauth2/authorize',
    token: 'https://api.weibo.com/oauth2/access_token',
    userinfo: 'https://api.weibo.com/2/users/show.json',
    revocation: 'https://api.weibo.com/oauth2/revokeoauth2',
  },
  scopes: { separator: ',' },
  quirks: ['nonstandard-token-fields'],
  wire: {
    userinfoQuery: { access_token: '{access_token}', uid: '{token.uid}' },
    authorizationScheme: 'none',
    revocationRequest: { method: 'POST', sends: { access_token: '{access_token}' }, as: 'form' },
  },
  identity: { from: 'userinfo', subject: 'idstr', name: 'screen_name', picture: 'avatar_large' },
  refresh: {
    issued: 'no',
    note: 'Apps on phones alone get one; how long an access token lasts depends on how far the app is approved.',
  },
  localhost: 'unknown',
  apiHosts: ['api.weibo.com'],
  links: {
    console: 'https://open.weibo.com/apps',
    docs: 'https://open.weibo.com/wiki/%E6%8E%88%E6%9D%83%E6%9C%BA%E5%88%B6%E8%AF%B4%E6%98%8E',
  },
  traps: ['Until it is approved, an app can be used by listed test accounts only.'],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 4,
    decisions: [
      'Scopes are joined with a comma, as its documentation says.',
      'Sources revoke with a GET, which its documentation allows beside the POST that keeps the token out of the address.',
    ],
  },
}

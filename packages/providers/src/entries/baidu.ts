import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'baidu',
  name: 'Baidu',
  protocol: 'oauth2',
  domains: ['baidu.com'],
  endpoints: {
    authorization: 'https://openapi.baidu.com/oauth/2.0/authorize',
    token: 'https://openapi.baidu.com/oauth/2.0/token',
    userinfo: 'https://openapi.baidu.com/rest/2.0/passport/users/getLoggedInUser',
  },
  scopes: { signIn: ['basic'] },
  quirks: ['nonstandard-token-fields'],
  wire: { userinfoQuery: { access_token: '{access_token}' }, authorizationScheme: 'none' },
  identity: { from: 'userinfo', subject: 'uid', name: 'uname' },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 2_592_000 },
  localhost: 'unknown',
  apiHosts: ['openapi.baidu.com', 'pan.baidu.com'],
  links: { console: 'https://developer.baidu.com/', docs: 'https://openauth.baidu.com/doc/doc.html' },
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 3,
    decisions: ['The member portrait is an id and no address, so there is no picture.'],
  },
}

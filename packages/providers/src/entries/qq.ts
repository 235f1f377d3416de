import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'qq',
  name: 'QQ',
  protocol: 'oauth2',
  domains: ['qq.com'],
  endpoints: {
    authorization: 'https://graph.qq.com/oauth2.0/authorize',
    token: 'https://graph.qq.com/oauth2.0/token',
    userinfo: 'https://graph.qq.com/oauth2.0/me',
  },
  scopes: { separator: ',', signIn: ['get_user_info'] },
  quirks: [
    'get-token-request',
    'nonstandard-token-fields',
    'subject-scoped-to-app',
    'userinfo-wrong-content-type',
  ],
  wire: {
    tokenExtra: { fmt: 'json' },
    refreshExtra: { fmt: 'json' },
    userinfoQuery: { access_token: '{access_token}', fmt: 'json' },
    authorizationScheme: 'none',
  },
  identity: { from: 'userinfo', subject: 'openid' },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 7776000 },
  localhost: 'forbidden',
  apiHosts: ['graph.qq.com'],
  links: { console: 'https://connect.qq.com/manage.html', docs: 'https://wiki.connect.qq.com/' },
  traps: [
    'The redirect URI must be on the domain that was registered and approved for the site.',
    'A name and a picture take a second call, get_user_info, which wants the client id and the openid as parameters.',
  ],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 2,
    decisions: [
      'userinfo is oauth2.0/me: it names the openid, which get_user_info wants to be told.',
      'The subject is the openid: unionid comes only to those who have asked for it.',
    ],
  },
}

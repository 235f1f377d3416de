import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'wechat',
  name: 'WeChat',
  protocol: 'oauth2',
  domains: ['qq.com'],
  endpoints: {
    authorization: 'https://open.weixin.qq.com/connect/qrconnect',
    token: 'https://api.weixin.qq.com/sns/oauth2/access_token',
    refresh: 'https://api.weixin.qq.com/sns/oauth2/refresh_token',
    userinfo: 'https://api.weixin.qq.com/sns/userinfo',
  },
  scopes: { separator: ',', signIn: ['snsapi_login'] },
  quirks: [
    'error-with-http-200',
    'get-token-request',
    'nonstandard-token-fields',
    'refresh-returns-same-access-token',
    'subject-scoped-to-app',
    'userinfo-wrong-content-type',
  ],
  wire: {
    authorizeNames: { client_id: 'appid' },
    tokenNames: { client_id: 'appid', client_secret: 'secret' },
    tokenSuccess: { member: 'errcode', good: 0 },
    keepFromToken: ['openid', 'unionid'],
    userinfoQuery: { access_token: '{access_token}', openid: '{token.openid}' },
    authorizationScheme: 'none',
  },
  identity: { from: 'userinfo', subject: 'openid', name: 'nickname', picture: 'headimgurl' },
  refresh: { issued: 'yes', rotates: false, accessTokenSeconds: 7200, endsAfterDays: 30 },
  localhost: 'forbidden',
  apiHosts: ['api.weixin.qq.com'],
  links: {
    console: 'https://open.weixin.qq.com/',
    docs: 'https://developers.weixin.qq.com/doc/oplatform/Website_App/WeChat_Login/Wechat_Login.html',
  },
  traps: [
    'The redirect URI must be on the one domain that is registered and approved.',
    'It is for websites outside WeChat: inside its browser, the authorization endpoint is connect/oauth2/authorize, the app another one and the scope snsapi_userinfo.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 5,
    urls: [
      'https://developers.weixin.qq.com/doc/oplatform/Website_App/WeChat_Login/Authorized_Interface_Calling_UnionID.html',
    ],
    decisions: [
      'The subject is openid, which is always there: unionid joins the apps of one account at WeChat, and changes when an app moves to another.',
      'qrconnect, as the scope snsapi_login belongs to it.',
    ],
  },
}

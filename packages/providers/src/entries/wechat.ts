import type { Entry } from '../entry.ts'

// TODO disagreements: [{"field": "authorizationEndpoint", "values": [{"value": "https://open.weixin.qq.com/connect/qrconnect", "sources": 1}, {"value": "https://open.weixin.qq.com/connect/oauth2/authorize", "sources": 1}]}, {"field": "scopeSeparator", "values": [{"value": ",", "sources": 1}, {"value": " ", "sources": 2}]}, {"field": "profile.subject", "values": [{"value": "unionid", "sources": 2}, {"value": "openid", "sources": 1}]}]
// TODO derived quirks expected: client-id-renamed comma-scopes
export const entry: Entry = {
  id: 'wechat',
  name: 'WeChat',
  protocol: 'oauth2',
  domains: ['qq.com'],
  endpoints: {
    authorization: 'https://open.weixin.qq.com/connect/qrconnect',
    token: 'https://api.weixin.qq.com/sns/oauth2/access_token',
    userinfo: 'https://api.weixin.qq.com/sns/userinfo',
  },
  scopes: { separator: ',', signIn: ['snsapi_login'] },
  quirks: ['error-with-http-200', 'get-token-request'],
  wire: {
    authorizeNames: { client_id: 'appid' },
    tokenNames: { client_id: 'appid', client_secret: 'secret' },
    userinfoQuery: { access_token: '{access_token}', openid: '{token.openid}', lang: 'zh_CN' },
  },
  identity: {
    from: 'userinfo',
    subject: 'unionid',
    name: 'nickname',
    email: 'email',
    picture: 'headimgurl',
  },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { docs: 'https://open.weixin.qq.com/' },
  verified: { degree: 'sources', on: '2026-11', sources: 5 },
}

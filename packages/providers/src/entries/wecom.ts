import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'wecom',
  name: 'WeCom',
  protocol: 'oauth2',
  domains: ['qq.com'],
  tenant: {
    agentId: {
      description: 'The AgentId of the app in the company',
      example: '1000002',
      kind: 'value',
      pattern: '[0-9]+',
    },
  },
  endpoints: {
    authorization: 'https://login.work.weixin.qq.com/wwlogin/sso/login',
    token: 'https://qyapi.weixin.qq.com/cgi-bin/gettoken',
    userinfo: 'https://qyapi.weixin.qq.com/cgi-bin/auth/getuserinfo',
  },
  pkce: 'none',
  authorizeParams: { login_type: 'CorpApp', agentid: '{agentId}' },
  quirks: ['error-with-http-200', 'get-token-request', 'no-scope-parameter', 'nonstandard-token-fields'],
  wire: {
    authorizeNames: { client_id: 'appid' },
    tokenNames: { client_id: 'corpid', client_secret: 'corpsecret' },
    tokenOmits: ['code', 'grant_type', 'redirect_uri'],
    tokenSuccess: { member: 'errcode', good: 0 },
    userinfoQuery: { access_token: '{access_token}', code: '{code}' },
    authorizationScheme: 'none',
  },
  signInOnly: true,
  identity: { from: 'userinfo', subject: 'userid' },
  refresh: { issued: 'no', accessTokenSeconds: 7200 },
  localhost: 'forbidden',
  links: {
    console: 'https://work.weixin.qq.com/wework_admin/frame',
    docs: 'https://developer.work.weixin.qq.com/document/path/98152',
  },
  traps: [
    "Its token is the app's own and opens the whole company: it is good for signing in alone.",
    'The UserID is chosen by the company: one that has been removed must not be given to another person.',
    'The client id is the CorpID, the secret that of the app.',
  ],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 2,
    decisions: [
      'The login page that replaced wwopen/sso/qrConnect.',
      'getuserinfo redeems the code: user/get, which the source has, wants to be told whose profile it shall be.',
    ],
  },
}

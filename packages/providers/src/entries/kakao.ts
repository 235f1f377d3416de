import type { Entry } from '../entry.ts'

// TODO disagreements: [{"field": "userinfoEndpoint", "values": [{"value": "https://kapi.kakao.com/v2/user/me", "sources": 5}, {"value": "https://kapi.kakao.com/v1/user/me", "sources": 1}]}]
export const entry: Entry = {
  id: 'kakao',
  name: 'Kakao',
  protocol: 'oidc',
  domains: ['kakao.com'],
  issuer: 'https://kauth.kakao.com',
  endpoints: {
    authorization: 'https://kauth.kakao.com/oauth/authorize',
    token: 'https://kauth.kakao.com/oauth/token',
    userinfo: 'https://kapi.kakao.com/v2/user/me',
  },
  scopes: { signIn: ['openid', 'account_email', 'profile_image', 'profile_nickname'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'yes' },
  localhost: 'allowed',
  links: {
    docs: 'https://developers.kakao.com/docs/latest/en/kakaologin/rest-api',
    console: 'https://developers.kakao.com',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 7 },
}

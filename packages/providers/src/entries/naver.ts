import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'naver',
  name: 'Naver',
  protocol: 'oauth2',
  domains: ['naver.com'],
  endpoints: {
    authorization: 'https://nid.naver.com/oauth2.0/authorize',
    token: 'https://nid.naver.com/oauth2.0/token',
    userinfo: 'https://openapi.naver.com/v1/nid/me',
  },
  scopes: { signIn: ['profile', 'email'] },
  identity: {
    from: 'userinfo',
    subject: 'response.id',
    name: 'response.nickname',
    email: 'response.email',
    picture: 'response.profile_image',
  },
  refresh: { issued: 'yes' },
  localhost: 'allowed',
  links: {
    docs: 'https://developers.naver.com/',
    console: 'https://developers.naver.com/appinfo',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 6 },
}

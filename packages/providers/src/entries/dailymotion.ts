import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'dailymotion',
  name: 'Dailymotion',
  protocol: 'oauth2',
  domains: ['dailymotion.com'],
  endpoints: {
    authorization: 'https://www.dailymotion.com/oauth/authorize',
    token: 'https://api.dailymotion.com/oauth/token',
    userinfo: 'https://api.dailymotion.com/user/me',
  },
  scopes: { signIn: ['userinfo', 'email'] },
  quirks: ['nonstandard-token-fields'],
  wire: { userinfoQuery: { fields: 'id,screenname,email,avatar_360_url' } },
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: 'screenname',
    email: 'email',
    picture: 'avatar_360_url',
  },
  refresh: { issued: 'yes', accessTokenSeconds: 36_000 },
  localhost: 'unknown',
  apiHosts: ['api.dailymotion.com'],
  links: { docs: 'https://developers.dailymotion.com/guides/platform-api-authentication/' },
  ending:
    'The second version of the API knows no consent of people, so this lasts as long as the first does.',
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 2,
    urls: [
      'https://developers.dailymotion.com/guides/platform-api-authentication',
      'https://developers.dailymotion.com/docs/authenticate',
    ],
    decisions: [
      'The consent page is on www.dailymotion.com, as the documentation has it; the host of the API sends browsers there.',
    ],
  },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'osu',
  name: 'osu!',
  protocol: 'oauth2',
  domains: ['ppy.sh'],
  endpoints: {
    authorization: 'https://osu.ppy.sh/oauth/authorize',
    token: 'https://osu.ppy.sh/oauth/token',
    userinfo: 'https://osu.ppy.sh/api/v2/me',
  },
  scopes: { signIn: ['identify'] },
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: 'username',
    login: 'username',
    picture: 'avatar_url',
  },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 86400 },
  localhost: 'allowed',
  apiHosts: ['osu.ppy.sh'],
  links: {
    console: 'https://osu.ppy.sh/home/account/edit#oauth',
    docs: 'https://osu.ppy.sh/docs/index.html#authentication',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}

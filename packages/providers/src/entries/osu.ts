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
  identity: { from: 'userinfo', subject: 'id', name: 'username', picture: 'avatar_url' },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: {
    docs: 'https://osu.ppy.sh/docs/index.html#authentication',
    console: 'https://osu.ppy.sh/home/account/edit#new-oauth-application',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'myanimelist',
  name: 'MyAnimeList',
  protocol: 'oauth2',
  domains: ['myanimelist.net'],
  endpoints: {
    authorization: 'https://myanimelist.net/v1/oauth2/authorize',
    token: 'https://myanimelist.net/v1/oauth2/token',
    userinfo: 'https://api.myanimelist.net/v2/users/@me',
  },
  quirks: ['pkce-plain', 'pkce-required'],
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: 'name',
    login: 'name',
    picture: 'picture',
  },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 2678400, endsUnusedAfterDays: 31 },
  localhost: 'allowed',
  apiHosts: ['api.myanimelist.net'],
  links: {
    console: 'https://myanimelist.net/apiconfig',
    docs: 'https://myanimelist.net/apiconfig/references/authorization',
  },
  traps: ['Choose the app type web, or the app has no secret.'],
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

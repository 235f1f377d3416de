import type { Entry } from '../entry.ts'

// TODO subject? profile={}
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
  clientAuthentication: 'basic',
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: {
    docs: 'https://myanimelist.net/apiconfig/references/api/v2#operation/users_user_id_get',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'anilist',
  name: 'AniList',
  protocol: 'oauth2',
  domains: ['anilist.co'],
  endpoints: {
    authorization: 'https://anilist.co/api/v2/oauth/authorize',
    token: 'https://anilist.co/api/v2/oauth/token',
    userinfo: 'https://graphql.anilist.co',
  },
  clientAuthentication: 'basic',
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown', neverExpires: true },
  localhost: 'unknown',
  links: { docs: 'https://docs.anilist.co/reference/object/user' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

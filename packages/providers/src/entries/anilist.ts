import type { Entry } from '../entry.ts'

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
  quirks: ['userinfo-post'],
  wire: { userinfoBody: { query: '{ Viewer { id name avatar { large } } }' } },
  identity: {
    from: 'userinfo',
    subject: 'data.Viewer.id',
    name: 'data.Viewer.name',
    picture: 'data.Viewer.avatar.large',
  },
  refresh: {
    issued: 'no',
    accessTokenSeconds: 31_536_000,
    note: 'After a year the person has to consent again.',
  },
  localhost: 'allowed',
  apiHosts: ['graphql.anilist.co'],
  links: { console: 'https://anilist.co/settings/developer', docs: 'https://docs.anilist.co/guide/auth/' },
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 1,
    decisions: ['A token lives for one year; the source that says never is wrong.'],
  },
}

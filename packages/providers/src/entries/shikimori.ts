import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'shikimori',
  name: 'Shikimori',
  protocol: 'oauth2',
  domains: ['shikimori.io'],
  endpoints: {
    authorization: 'https://shikimori.io/oauth/authorize',
    token: 'https://shikimori.io/oauth/token',
    userinfo: 'https://shikimori.io/api/users/whoami',
  },
  wire: { headers: { 'User-Agent': '{client_id}' } },
  identity: { from: 'userinfo', subject: 'id', name: 'nickname', login: 'nickname', picture: 'image.x160' },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 86400 },
  quirks: ['host-renamed'],
  localhost: 'unknown',
  apiHosts: ['shikimori.io'],
  links: { console: 'https://shikimori.io/oauth/applications', docs: 'https://shikimori.io/oauth' },
  traps: ["Its rules ask for the app's registered name as User-Agent: set it in wire.headers."],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 3,
    decisions: ['shikimori.io: the older shikimori.one redirects there, and a POST does not follow.'],
  },
}

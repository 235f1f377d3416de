import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'miro',
  name: 'Miro',
  protocol: 'oauth2',
  domains: ['miro.com'],
  endpoints: {
    authorization: 'https://miro.com/oauth/authorize',
    token: 'https://api.miro.com/v1/oauth/token',
    userinfo: 'https://api.miro.com/v1/oauth-token',
  },
  quirks: ['no-scope-parameter'],
  wire: { keepFromToken: ['team_id'] },
  identity: { from: 'userinfo', subject: 'user.id', name: 'user.name' },
  refresh: {
    issued: 'conditional',
    rotates: true,
    accessTokenSeconds: 3600,
    endsUnusedAfterDays: 60,
    note: 'Only for apps made with expiring tokens; the others have tokens without end.',
  },
  localhost: 'allowed',
  apiHosts: ['api.miro.com'],
  links: {
    console: 'https://miro.com/app/settings/user-profile/apps',
    docs: 'https://developers.miro.com/docs/getting-started-with-oauth',
  },
  traps: ['Whether tokens expire is chosen when an app is made and cannot be changed.'],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 1,
    urls: [
      'https://developers.miro.com/docs/getting-started-with-oauth',
      'https://developers.miro.com/reference/oauth-20-authorization-v2',
    ],
    decisions: [
      "The source reads /v1/users/me, which is not documented; the token's context names person and team.",
    ],
  },
}

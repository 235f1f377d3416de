import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'soundcloud',
  name: 'SoundCloud',
  protocol: 'oauth2',
  domains: ['soundcloud.com'],
  endpoints: {
    authorization: 'https://secure.soundcloud.com/authorize',
    token: 'https://secure.soundcloud.com/oauth/token',
    userinfo: 'https://api.soundcloud.com/me',
  },
  quirks: ['no-scope-parameter', 'oauth-auth-scheme', 'old-endpoints-in-libraries', 'pkce-required'],
  identity: { from: 'userinfo', subject: 'urn', name: 'full_name', login: 'username', picture: 'avatar_url' },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 3600 },
  localhost: 'unknown',
  apiHosts: ['api.soundcloud.com'],
  links: {
    console: 'https://soundcloud.com/you/apps',
    docs: 'https://developers.soundcloud.com/docs/api/guide',
  },
  traps: [
    'Apps are registered by request to its support and need a paid account.',
    'There is no e-mail address.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 3,
    urls: ['https://developers.soundcloud.com/docs/api/guide'],
    decisions: [
      'The hosts below secure.soundcloud.com, which replaced those that sources have.',
      'The subject is urn: its API is moving from numeric ids to these.',
    ],
  },
}

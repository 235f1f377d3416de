import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'trakt',
  name: 'Trakt',
  protocol: 'oauth2',
  domains: ['trakt.tv'],
  endpoints: {
    authorization: 'https://trakt.tv/oauth/authorize',
    token: 'https://api.trakt.tv/oauth/token',
    userinfo: 'https://api.trakt.tv/users/settings',
    revocation: 'https://api.trakt.tv/oauth/revoke',
  },
  quirks: ['json-token-body', 'no-scope-parameter', 'redirect-uri-needed-on-refresh'],
  wire: { headers: { 'trakt-api-version': '2', 'trakt-api-key': '{client_id}' } },
  identity: {
    from: 'userinfo',
    subject: 'user.ids.uuid',
    name: 'user.name',
    login: 'user.username',
    picture: 'user.images.avatar.full',
  },
  refresh: { issued: 'yes', rotates: true },
  localhost: 'unknown',
  apiHosts: ['api.trakt.tv'],
  links: {
    console: 'https://trakt.tv/oauth/applications',
    docs: 'https://trakt.docs.apiary.io/#reference/authentication-oauth',
  },
  traps: ["Requests without a User-Agent of one's own may be turned away."],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 4,
    decisions: [
      'api.trakt.tv: api-v2launch.trakt.tv was its name before the launch.',
      'The subject is the uuid of users/settings: username and slug can be changed.',
    ],
  },
}

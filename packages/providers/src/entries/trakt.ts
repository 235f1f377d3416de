import type { Entry } from '../entry.ts'

// TODO disagreements: [{"field": "authorizationEndpoint", "values": [{"value": "https://trakt.tv/oauth/authorize", "sources": 3}, {"value": "https://api-v2launch.trakt.tv/oauth/authorize", "sources": 1}]}, {"field": "tokenEndpoint", "values": [{"value": "https://api.trakt.tv/oauth/token", "sources": 3}, {"value": "https://api-v2launch.trakt.tv/oauth/token", "sources": 1}]}, {"field": "userinfoEndpoint", "values": [{"value": "https://api.trakt.tv/users/me", "sources": 3}, {"value": "https://api-v2launch.trakt.tv/users/me", "sources": 1}]}, {"field": "profile.subject", "values": [{"value": "username", "sources": 2}, {"value": "ids.slug", "sources": 1}]}]
// TODO derived quirks expected: version-header
export const entry: Entry = {
  id: 'trakt',
  name: 'Trakt',
  protocol: 'oauth2',
  domains: ['trakt.tv'],
  endpoints: {
    authorization: 'https://trakt.tv/oauth/authorize',
    token: 'https://api.trakt.tv/oauth/token',
    userinfo: 'https://api.trakt.tv/users/me',
    revocation: 'https://api.trakt.tv/oauth/revoke',
  },
  wire: {
    headers: {
      'trakt-api-version': '2',
      'trakt-api-key': '{client_id}',
    },
  },
  identity: {
    from: 'userinfo',
    subject: 'username',
    name: 'name',
    email: 'email',
    picture: 'images.avatar.full',
  },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: { docs: 'https://trakt.docs.apiary.io/#reference/authentication-oauth' },
  verified: { degree: 'sources', on: '2026-11', sources: 4 },
}

import type { Entry } from '../entry.ts'

// TODO disagreements: [{"field": "userinfoEndpoint", "values": [{"value": "https://api.soundcloud.com/me.json", "sources": 2}, {"value": "https://api.soundcloud.com/me", "sources": 1}]}, {"field": "profile.subject", "values": [{"value": "id", "sources": 1}, {"value": "urn", "sources": 1}]}]
export const entry: Entry = {
  id: 'soundcloud',
  name: 'SoundCloud',
  protocol: 'oauth2',
  domains: ['soundcloud.com'],
  endpoints: {
    authorization: 'https://soundcloud.com/connect',
    token: 'https://api.soundcloud.com/oauth2/token',
    userinfo: 'https://api.soundcloud.com/me.json',
  },
  quirks: ['oauth-auth-scheme'],
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: 'username',
    email: 'email',
    picture: 'avatar_url',
  },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}

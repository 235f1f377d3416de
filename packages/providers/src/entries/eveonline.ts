import type { Entry } from '../entry.ts'

// TODO disagreements: [{"field": "authorizationEndpoint", "values": [{"value": "https://login.eveonline.com/v2/oauth/authorize", "sources": 2}, {"value": "https://login.eveonline.com/oauth/authorize", "sources": 1}]}, {"field": "tokenEndpoint", "values": [{"value": "https://login.eveonline.com/v2/oauth/token", "sources": 2}, {"value": "https://login.eveonline.com/oauth/token", "sources": 1}]}, {"field": "profile.subject", "values": [{"value": "CharacterID", "sources": 1}, {"value": "CharacterOwnerHash", "sources": 1}]}]
export const entry: Entry = {
  id: 'eveonline',
  name: 'EVE Online',
  protocol: 'oauth2',
  domains: ['eveonline.com'],
  endpoints: {
    authorization: 'https://login.eveonline.com/v2/oauth/authorize',
    token: 'https://login.eveonline.com/v2/oauth/token',
    userinfo: 'https://login.eveonline.com/oauth/verify',
  },
  scopes: { signIn: ['publicData'] },
  identity: {
    from: 'userinfo',
    subject: 'CharacterID',
    name: 'CharacterName',
    picture: 'CharacterID',
  },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {
    docs: 'https://developers.eveonline.com/blog/article/sso-to-authenticated-calls',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}

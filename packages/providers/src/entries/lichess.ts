import type { Entry } from '../entry.ts'

// TODO disagreements: [{"field": "authorizationEndpoint", "values": [{"value": "https://lichess.org/oauth", "sources": 3}, {"value": "https://oauth.lichess.org/oauth/authorize", "sources": 1}]}]
export const entry: Entry = {
  id: 'lichess',
  name: 'Lichess',
  protocol: 'oauth2',
  domains: ['lichess.org'],
  endpoints: {
    authorization: 'https://lichess.org/oauth',
    token: 'https://lichess.org/api/token',
    userinfo: 'https://lichess.org/api/account',
  },
  clientAuthentication: 'basic',
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: 'username',
    email: 'email',
    picture: 'avatar',
  },
  refresh: { issued: 'unknown' },
  localhost: 'allowed',
  links: { docs: 'https://lichess.org/api#tag/OAuth' },
  verified: { degree: 'sources', on: '2026-11', sources: 4 },
}

import type { Entry } from '../entry.ts'

// TODO disagreements: [{"field": "authorizationEndpoint", "values": [{"value": "https://stackoverflow.com/oauth", "sources": 2}, {"value": "https://stackexchange.com/oauth", "sources": 2}]}, {"field": "tokenEndpoint", "values": [{"value": "https://stackoverflow.com/oauth/access_token/json", "sources": 2}, {"value": "https://stackexchange.com/oauth/access_token", "sources": 2}]}, {"field": "userinfoEndpoint", "values": [{"value": "https://api.stackexchange.com/2.3/me", "sources": 2}, {"value": "https://api.stackexchange.com/2.1/me", "sources": 1}, {"value": "https://api.stackexchange.com/2.2/me", "sources": 1}]}, {"field": "profile.subject", "values": [{"value": "user_id", "sources": 1}, {"value": "account_id", "sources": 1}]}]
// TODO derived quirks expected: token-in-query-userinfo
export const entry: Entry = {
  id: 'stackexchange',
  name: 'Stack Exchange',
  protocol: 'oauth2',
  domains: ['stackexchange.com', 'stackoverflow.com'],
  endpoints: {
    authorization: 'https://stackoverflow.com/oauth',
    token: 'https://stackoverflow.com/oauth/access_token/json',
    userinfo: 'https://api.stackexchange.com/2.3/me',
  },
  wire: {
    userinfoQuery: { access_token: '{access_token}', key: '{appKey}', site: 'stackoverflow' },
  },
  identity: {
    from: 'userinfo',
    subject: 'items.0.user_id',
    name: 'items.0.display_name',
    picture: 'items.0.avatar_url',
  },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { docs: 'https://api.stackexchange.com/docs/authentication' },
  verified: { degree: 'sources', on: '2026-11', sources: 4 },
}

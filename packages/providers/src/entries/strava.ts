import type { Entry } from '../entry.ts'

// TODO refresh.note: word it anew, set endsAfterDays/endsUnusedAfterDays
// TODO localhost: localhost and 127.0.0.1 are always accepted
// TODO authorizeParamNotes: {"approval_prompt": "or force"}
// TODO disagreements: [{"field": "authorizationEndpoint", "values": [{"value": "http://www.strava.com/oauth/authorize", "sources": 5}, {"value": "https://www.strava.com/api/v3/oauth/authorize", "sources": 1}]}, {"field": "tokenEndpoint", "values": [{"value": "https://www.strava.com/api/v3/oauth/token", "sources": 3}, {"value": "https://www.strava.com/oauth/token", "sources": 3}]}, {"field": "scopeSeparator", "values": [{"value": ",", "sources": 2}, {"value": " ", "sources": 3}]}, {"field": "profile.subject", "values": [{"value": "id", "sources": 3}, {"value": "athlete.id", "sources": 1}]}]
// TODO derived quirks expected: comma-scopes no-email subject-in-token-response
export const entry: Entry = {
  id: 'strava',
  name: 'Strava',
  protocol: 'oauth2',
  domains: ['strava.com'],
  endpoints: {
    authorization: 'https://www.strava.com/oauth/authorize',
    token: 'https://www.strava.com/api/v3/oauth/token',
    userinfo: 'https://www.strava.com/api/v3/athlete',
    revocation: 'https://www.strava.com/oauth/deauthorize',
  },
  scopes: { separator: ',', signIn: ['read'] },
  authorizeParams: { approval_prompt: 'auto' },
  quirks: ['refresh-returns-same-access-token', 'user-can-drop-scopes'],
  wire: { keepFromToken: ['athlete.id'] },
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: ['firstname', 'lastname'],
    picture: 'profile',
  },
  refresh: {
    issued: 'yes',
    accessTokenSeconds: 21600,
    note: 'a refresh returns the same access token while it has over one hour left; may change; store what comes back, the old one dies at once',
  },
  localhost: 'allowed',
  links: {
    docs: 'https://developers.strava.com/docs/authentication/',
    console: 'https://www.strava.com/settings/api',
  },
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 6,
    urls: ['https://developers.strava.com/docs/authentication/'],
  },
}

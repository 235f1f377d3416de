import type { Entry } from '../entry.ts'

// TODO refresh.note: word it anew, set endsAfterDays/endsUnusedAfterDays
// TODO tokenEndpointAuthMethodNote: "public clients: client id with an empty password"
// TODO disagreements: [{"field": "authorizationEndpoint", "values": [{"value": "https://www.reddit.com/api/v1/authorize", "sources": 6}, {"value": "https://ssl.reddit.com/api/v1/authorize", "sources": 1}]}, {"field": "tokenEndpoint", "values": [{"value": "https://www.reddit.com/api/v1/access_token", "sources": 6}, {"value": "https://ssl.reddit.com/api/v1/access_token", "sources": 1}]}, {"field": "profile.subject", "values": [{"value": "id", "sources": 3}, {"value": "name", "sources": 1}]}]
// TODO derived quirks expected: basic-for-public-client no-email offline-needs-extra-params user-agent-required
export const entry: Entry = {
  id: 'reddit',
  name: 'Reddit',
  protocol: 'oauth2',
  domains: ['reddit.com'],
  endpoints: {
    authorization: 'https://www.reddit.com/api/v1/authorize',
    token: 'https://www.reddit.com/api/v1/access_token',
    userinfo: 'https://oauth.reddit.com/api/v1/me',
    revocation: 'https://www.reddit.com/api/v1/revoke_token',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['identity'] },
  connectAuthorizeParams: { duration: 'permanent' },
  quirks: ['misleading-error'],
  wire: {
    headers: { 'User-Agent': 'must be descriptive; default agents are throttled' },
  },
  identity: { from: 'userinfo', subject: 'id', name: 'name', picture: 'icon_img' },
  refresh: {
    issued: 'conditional',
    rotates: false,
    omitted: true,
    accessTokenSeconds: 3600,
    note: 'until revoked; only with duration=permanent; 3600 (newer pages: 86400); trust expires_in',
  },
  localhost: 'allowed',
  links: {
    docs: 'https://github.com/reddit-archive/reddit/wiki/OAuth2',
    console: 'https://www.reddit.com/prefs/apps',
  },
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 7,
    urls: ['https://github.com/reddit-archive/reddit/wiki/OAuth2 (through client library docs)'],
  },
}

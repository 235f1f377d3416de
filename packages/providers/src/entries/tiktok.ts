import type { Entry } from '../entry.ts'

// TODO refresh.note: word it anew, set endsAfterDays/endsUnusedAfterDays
// TODO localhost: https only
// TODO pkceNote: "required for mobile/desktop; desktop uses hex, not base64url, for the challenge"
// TODO disagreements: [{"field": "authorizationEndpoint", "values": [{"value": "https://www.tiktok.com/v2/auth/authorize/", "sources": 3}, {"value": "https://open-api.tiktok.com/platform/oauth/connect/", "sources": 1}]}, {"field": "tokenEndpoint", "values": [{"value": "https://open.tiktokapis.com/v2/oauth/token/", "sources": 4}, {"value": "https://open-api.tiktok.com/oauth/access_token/", "sources": 1}]}, {"field": "userinfoEndpoint", "values": [{"value": "https://open.tiktokapis.com/v2/user/info/?fields=${fields.join(", "sources": 3}, {"value": "https://open-api.tiktok.com/user/info/", "sources": 1}]}, {"field": "scopeSeparator", "values": [{"value": ",", "sources": 2}, {"value": " ", "sources": 2}]}, {"field": "profile.subject", "values": [{"value": "data.user.open_id", "sources": 2}, {"value": "open_id", "sources": 1}]}]
// TODO derived quirks expected: comma-scopes https-callback-only profile-wrapped rotating-refresh-token
export const entry: Entry = {
  id: 'tiktok',
  name: 'TikTok',
  protocol: 'oauth2',
  domains: ['tiktok.com', 'tiktokapis.com'],
  endpoints: {
    authorization: 'https://www.tiktok.com/v2/auth/authorize/',
    token: 'https://open.tiktokapis.com/v2/oauth/token/',
    userinfo: 'https://open.tiktokapis.com/v2/user/info/?fields=open_id,union_id,avatar_url,display_name',
    revocation: 'https://open.tiktokapis.com/v2/oauth/revoke/',
  },
  scopes: { separator: ',', signIn: ['user.info.profile'] },
  quirks: ['client-key-param', 'subject-scoped-to-app'],
  identity: {
    from: 'userinfo',
    subject: 'data.user.open_id',
    name: 'data.user.display_name',
    picture: 'data.user.avatar_url',
  },
  refresh: {
    issued: 'yes',
    rotates: true,
    accessTokenSeconds: 7200,
    note: '180 days per the Nov 2026 docs (365 in older docs); 7200 per the Nov 2026 docs (86400 in older docs)',
  },
  localhost: 'forbidden',
  links: {
    docs: 'https://developers.tiktok.com/doc/oauth-user-access-token-management',
    console: 'https://developers.tiktok.com/apps',
  },
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 5,
    urls: [
      'https://developers.tiktok.com/docs/en/oauth-refresh-a-user-access-token',
      'https://developers.tiktok.com/doc/login-kit-web',
    ],
  },
}

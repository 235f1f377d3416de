import type { Entry } from '../entry.ts'

// TODO refresh.note: word it anew, set endsAfterDays/endsUnusedAfterDays
// TODO localhost: https only
// TODO derived quirks expected: code-suffix comma-scopes https-callback-only no-email no-refresh-token-exchange-instead separate-refresh-endpoint
export const entry: Entry = {
  id: 'instagram',
  name: 'Instagram (business login)',
  protocol: 'oauth2',
  domains: ['instagram.com'],
  endpoints: {
    authorization: 'https://www.instagram.com/oauth/authorize',
    token: 'https://api.instagram.com/oauth/access_token',
    userinfo: 'https://graph.instagram.com/me?fields=user_id,username,name,profile_picture_url',
    refresh: 'https://graph.instagram.com/refresh_access_token',
  },
  pkce: 'none',
  scopes: { separator: ',', signIn: ['instagram_business_basic'] },
  wire: { codeSuffix: '#_' },
  identity: {
    from: 'userinfo',
    subject: 'user_id',
    name: 'username',
    picture: 'profile_picture_url',
  },
  refresh: {
    issued: 'no',
    accessTokenSeconds: 3600,
    note: '3600, then 5184000 after exchange; GET https://graph.instagram.com/access_token?grant_type=ig_exchange_token&client_secret&access_token -> 60 days; GET https://graph.instagram.com/refresh_access_token?grant_type=ig_refresh_token&access_token; token must be at least 24 h old and not expired',
  },
  localhost: 'forbidden',
  links: {
    docs: 'https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/business-login',
    console: 'https://developers.facebook.com/apps',
  },
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 4,
    urls: ['https://developers.facebook.com/docs/instagram-platform/reference/refresh_access_token'],
  },
}

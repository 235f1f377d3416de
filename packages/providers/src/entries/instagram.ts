import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'instagram',
  name: 'Instagram',
  protocol: 'oauth2',
  domains: ['instagram.com'],
  endpoints: {
    authorization: 'https://www.instagram.com/oauth/authorize',
    token: 'https://api.instagram.com/oauth/access_token',
    userinfo: 'https://graph.instagram.com/me?fields=user_id,username,name,profile_picture_url',
    exchange: 'https://graph.instagram.com/access_token',
    refresh: 'https://graph.instagram.com/refresh_access_token',
  },
  pkce: 'none',
  scopes: { separator: ',', signIn: ['instagram_business_basic'] },
  quirks: ['nonstandard-token-fields', 'scope-as-array'],
  wire: {
    codeSuffix: '#_',
    tokenMembers: { scope: 'permissions' },
    exchange: { grantType: 'ig_exchange_token', tokenParameter: 'access_token', sends: ['client_secret'] },
    refreshExchange: { grantType: 'ig_refresh_token', tokenParameter: 'access_token', sends: [] },
  },
  identity: {
    from: 'userinfo',
    subject: 'user_id',
    name: 'name',
    login: 'username',
    picture: 'profile_picture_url',
  },
  refresh: {
    issued: 'no',
    accessTokenSeconds: 5184000,
    endsUnusedAfterDays: 60,
    note: 'A token can be renewed once it is 24 hours old and only before it ends.',
  },
  localhost: 'https-only',
  apiHosts: ['graph.instagram.com'],
  links: {
    console: 'https://developers.facebook.com/apps',
    docs: 'https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/business-login',
  },
  traps: [
    'Only professional accounts, of businesses and creators, can sign in or be connected.',
    'The app has an Instagram app id and secret of its own beside those of the Meta app.',
    'Until the app has advanced access only people with a role in it get through.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 4,
    urls: ['https://developers.facebook.com/docs/instagram-platform/reference/refresh_access_token'],
    decisions: ['A page shows the first token inside a list called data; what comes is the plain object.'],
  },
}

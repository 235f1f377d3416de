import type { Entry } from '../entry.ts'

// TODO disagreements: [{"field": "authorizationEndpoint", "values": [{"value": "https://accounts.snapchat.com/login/oauth2/authorize", "sources": 1}, {"value": "https://accounts.snapchat.com/accounts/oauth2/auth", "sources": 2}]}, {"field": "tokenEndpoint", "values": [{"value": "https://accounts.snapchat.com/login/oauth2/access_token", "sources": 1}, {"value": "https://accounts.snapchat.com/accounts/oauth2/token", "sources": 2}]}, {"field": "userinfoEndpoint", "values": [{"value": "https://adsapi.snapchat.com/v1/me", "sources": 1}, {"value": "https://api.snapkit.com/v1/me", "sources": 1}, {"value": "https://kit.snapchat.com/v1/me", "sources": 1}]}, {"field": "profile.subject", "values": [{"value": "me.id", "sources": 1}, {"value": "data.me.externalId", "sources": 1}]}]
// TODO derived quirks expected: pkce-disabled-by-source
export const entry: Entry = {
  id: 'snapchat',
  name: 'Snapchat (Ads API)',
  protocol: 'oauth2',
  domains: ['snapchat.com'],
  endpoints: {
    authorization: 'https://accounts.snapchat.com/login/oauth2/authorize',
    token: 'https://accounts.snapchat.com/login/oauth2/access_token',
    userinfo: 'https://adsapi.snapchat.com/v1/me',
  },
  scopes: { signIn: ['snapchat-marketing-api'] },
  identity: {
    from: 'userinfo',
    subject: 'data.me.externalId',
    name: 'data.me.displayName',
    picture: 'data.me.bitmoji.avatar',
  },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {
    docs: 'https://kit.snapchat.com/manage/',
    console: 'https://kit.snapchat.com/manage/',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}

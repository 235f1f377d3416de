import type { Entry } from '../entry.ts'

// TODO refresh.note: word it anew, set endsAfterDays/endsUnusedAfterDays
// TODO localhost: in development mode
// TODO revocation: {"note": "DELETE /{user-id}/permissions"}
// TODO checked.note latest Graph version seen in docs: v25.0
// TODO disagreements: [{"field": "authorizationEndpoint", "values": [{"value": "https://www.facebook.com/v16.0/dialog/oauth", "sources": 2}, {"value": "https://www.facebook.com/v24.0/dialog/oauth", "sources": 1}, {"value": "https://www.facebook.com/v19.0/dialog/oauth", "sources": 1}, {"value": "https://www.facebook.com/{GRAPH_API_VERSION}/dialog/oauth", "sources": 1}, {"value": "https://www.facebook.com/dialog/oauth", "sources": 1}]}, {"field": "tokenEndpoint", "values": [{"value": "https://graph.facebook.com/v16.0/oauth/access_token", "sources": 2}, {"value": "https://graph.facebook.com/oauth/access_token", "sources": 2}, {"value": "https://graph.facebook.com/v24.0/oauth/access_token", "sources": 1}]}, {"field": "userinfoEndpoint", "values": [{"value": "https://graph.facebook.com/me?fields=id,name,email,picture", "sources": 3}, {"value": "https://graph.facebook.com/debug_token", "sources": 1}, {"value": "https://graph.facebook.com/v16.0/me", "sources": 1}]}, {"field": "scopeSeparator", "values": [{"value": " ", "sources": 1}, {"value": ",", "sources": 1}]}, {"field": "profile.subject", "values": [{"value": "id", "sources": 3}, {"value": "sub", "sources": 1}]}]
// TODO derived quirks expected: no-refresh-token-exchange-instead
export const entry: Entry = {
  id: 'facebook',
  name: 'Facebook',
  protocol: 'oauth2',
  domains: ['facebook.com'],
  endpoints: {
    authorization: 'https://www.facebook.com/v25.0/dialog/oauth',
    token: 'https://graph.facebook.com/v25.0/oauth/access_token',
    userinfo: 'https://graph.facebook.com/v25.0/me?fields=id,name,email,picture',
  },
  scopes: { separator: ',', signIn: ['email', 'public_profile'] },
  quirks: ['api-version-in-url', 'subject-scoped-to-app'],
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: 'name',
    email: 'email',
    picture: 'picture.data.url',
  },
  refresh: {
    issued: 'no',
    note: '1-2 h, about 5184000 after exchange; GET {tokenEndpoint}?grant_type=fb_exchange_token&client_id&client_secret&fb_exchange_token=<access token> -> about 60 days; an expired token cannot be exchanged',
  },
  localhost: 'allowed',
  links: {
    docs: 'https://developers.facebook.com/docs/facebook-login/manually-build-a-login-flow',
    console: 'https://developers.facebook.com/',
  },
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 6,
    urls: [
      'https://developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived',
      'https://developers.facebook.com/documentation/facebook-login/guides/advanced/oidc-token',
    ],
  },
}

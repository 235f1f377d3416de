import type { Entry } from '../entry.ts'

// TODO picture avatarUrl + /170.png
// TODO refresh.note: word it anew, set endsAfterDays/endsUnusedAfterDays
// TODO localhost: list of allowed origins
// TODO authorizeParamNotes: {"expiration": "1hour, 1day, 30days, never; default 30days"}
// TODO revocation: {"note": "DELETE https://api.trello.com/1/tokens/{token}"}
// TODO derived quirks expected: comma-scopes oauth1-scope-in-authorize
export const entry: Entry = {
  id: 'trello',
  name: 'Trello',
  protocol: 'oauth1',
  domains: ['trello.com'],
  endpoints: {
    authorization: 'https://trello.com/1/OAuthAuthorizeToken',
    token: 'https://trello.com/1/OAuthGetAccessToken',
    userinfo: 'https://api.trello.com/1/members/me',
    requestToken: 'https://trello.com/1/OAuthGetRequestToken',
  },
  scopes: { separator: ',', signIn: ['read', 'write', 'account'] },
  authorizeParams: { name: '{appName}', expiration: 'never' },
  quirks: ['client-chosen-expiry', 'oauth1-token-can-expire'],
  identity: { from: 'userinfo', subject: 'id', name: 'fullName', email: 'email' },
  refresh: {
    issued: 'no',
    note: 'the lifetime is asked for by the client; the token response does not carry it',
  },
  oauth1: { signatureMethod: 'HMAC-SHA1' },
  localhost: 'allowed',
  links: {
    docs: 'https://developer.atlassian.com/cloud/trello/guides/rest-api/authorization/',
    console: 'https://trello.com/power-ups/admin',
  },
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 2,
    urls: ['https://developer.atlassian.com/cloud/trello/guides/rest-api/authorization/'],
  },
}

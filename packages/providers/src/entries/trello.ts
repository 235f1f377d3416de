import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'trello',
  name: 'Trello',
  protocol: 'oauth1',
  domains: ['trello.com'],
  endpoints: {
    requestToken: 'https://trello.com/1/OAuthGetRequestToken',
    authorization: 'https://trello.com/1/OAuthAuthorizeToken',
    token: 'https://trello.com/1/OAuthGetAccessToken',
    userinfo: 'https://api.trello.com/1/members/me',
  },
  scopes: { separator: ',', signIn: ['read', 'account'], connect: ['read', 'write', 'account'] },
  authorizeParams: { expiration: 'never' },
  quirks: ['client-chosen-expiry', 'oauth1-token-can-expire'],
  identity: { from: 'userinfo', subject: 'id', name: 'fullName', login: 'username', email: 'email' },
  refresh: {
    issued: 'no',
    neverExpires: true,
    note: 'The client asks for the lifetime: expiration may also be 1hour, 1day or 30days, and no answer tells it again.',
  },
  oauth1: { signatureMethod: 'HMAC-SHA1', scope: { parameter: 'scope', at: 'authorization' } },
  localhost: 'allowed',
  apiHosts: ['api.trello.com'],
  links: {
    console: 'https://trello.com/power-ups/admin',
    docs: 'https://developer.atlassian.com/cloud/trello/guides/rest-api/authorization/',
  },
  traps: [
    'The consent page calls the app unknown unless authorize_params.name says its name.',
    "The origin of the redirect URI has to be in the key's list of allowed origins.",
    'The e-mail address comes with the scope account only.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 2,
    urls: ['https://developer.atlassian.com/cloud/trello/guides/rest-api/authorization/'],
    decisions: [
      'No picture: avatarUrl is not an image until a size is added to it.',
      'No revocation: the token stands in the address.',
    ],
  },
}

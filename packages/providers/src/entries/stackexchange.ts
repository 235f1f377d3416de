import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'stackexchange',
  name: 'Stack Exchange',
  protocol: 'oauth2',
  domains: ['stackexchange.com', 'stackoverflow.com'],
  tenant: {
    key: {
      description: "The app's key for API requests, beside its id and secret",
      example: 'abcDEF*123ghiJKL456mno((',
      kind: 'value',
    },
  },
  endpoints: {
    authorization: 'https://stackoverflow.com/oauth',
    token: 'https://stackoverflow.com/oauth/access_token/json',
    userinfo: 'https://api.stackexchange.com/2.3/me',
  },
  scopes: { separator: ',', connect: ['no_expiry'] },
  quirks: ['nonstandard-token-fields'],
  wire: {
    tokenMembers: { expires_in: 'expires' },
    userinfoQuery: { access_token: '{access_token}', key: '{key}', site: 'stackoverflow' },
    authorizationScheme: 'none',
  },
  identity: {
    from: 'userinfo',
    subject: 'items.0.account_id',
    name: 'items.0.display_name',
    picture: 'items.0.profile_image',
  },
  refresh: {
    issued: 'no',
    accessTokenSeconds: 86400,
    note: 'A token ends after a day, or never with the scope no_expiry.',
  },
  localhost: 'allowed',
  apiHosts: ['api.stackexchange.com'],
  links: {
    console: 'https://stackapps.com/apps/oauth/register',
    docs: 'https://api.stackexchange.com/docs/authentication',
  },
  traps: [
    'One domain for each app, for which localhost may be registered.',
    "API requests with a token need the app's key, too.",
    'There is no e-mail address.',
  ],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 4,
    decisions: [
      'The JSON variant of the token endpoint, with the same host for both.',
      'The subject is account_id, one for the whole network: user_id is another on each site.',
    ],
  },
}

import type { Entry } from '../entry.ts'

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
  wire: { headers: { 'User-Agent': 'web:{client_id}:v1' } },
  identity: { from: 'userinfo', subject: 'id', name: 'name', login: 'name', picture: 'icon_img' },
  refresh: {
    issued: 'conditional',
    rotates: false,
    omitted: true,
    note: 'Only with duration=permanent; it lasts until it is revoked.',
  },
  localhost: 'allowed',
  apiHosts: ['oauth.reddit.com'],
  links: {
    console: 'https://www.reddit.com/prefs/apps',
    docs: 'https://github.com/reddit-archive/reddit/wiki/OAuth2',
  },
  traps: [
    'One redirect URI for each app, compared exactly.',
    'Requests without a telling User-Agent are throttled and then refused.',
    'Scopes are joined with a space here; a comma works, too, and some pages show that.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 7,
    urls: ['https://github.com/reddit-archive/reddit/wiki/OAuth2'],
    decisions: [
      'www.reddit.com rather than ssl.reddit.com, which is the old host.',
      'The subject is id: name is the login name.',
      'No lifetime is stated: pages say 3600 and 86400 seconds, and the answer tells.',
    ],
  },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'wordpress',
  name: 'WordPress.com',
  protocol: 'oauth2',
  domains: ['wordpress.com'],
  endpoints: {
    authorization: 'https://public-api.wordpress.com/oauth2/authorize',
    token: 'https://public-api.wordpress.com/oauth2/token',
    userinfo: 'https://public-api.wordpress.com/rest/v1.1/me',
  },
  scopes: { signIn: ['auth'] },
  quirks: ['api-version-in-url'],
  wire: { keepFromToken: ['blog_id', 'blog_url'] },
  identity: {
    from: 'userinfo',
    subject: 'ID',
    name: 'display_name',
    login: 'username',
    email: 'email',
    emailVerified: 'email_verified',
    picture: 'avatar_URL',
  },
  refresh: { issued: 'no', neverExpires: true },
  localhost: 'allowed',
  apiHosts: ['public-api.wordpress.com'],
  links: {
    console: 'https://developer.wordpress.com/apps/',
    docs: 'https://developer.wordpress.com/docs/oauth2/',
  },
  traps: [
    "It is for accounts at WordPress.com; a WordPress of one's own is another matter.",
    'Without the scope auth or global a token holds for one site, which the person chooses.',
  ],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 4,
    decisions: ['The newer version of the profile, which also tells whether the address is verified.'],
  },
}

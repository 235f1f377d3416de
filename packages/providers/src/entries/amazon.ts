import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'amazon',
  name: 'Amazon',
  protocol: 'oauth2',
  domains: ['amazon.com', 'amazon.co.uk', 'amazon.co.jp'],
  tenant: {
    region: {
      description:
        "The end of the token endpoint's host: com for the Americas, co.uk for Europe, co.jp for the Far East",
      example: 'co.uk',
      kind: 'choice',
      choices: ['com', 'co.uk', 'co.jp'],
      default: 'com',
    },
  },
  endpoints: {
    authorization: 'https://www.amazon.com/ap/oa',
    token: 'https://api.amazon.{region}/auth/o2/token',
    userinfo: 'https://api.amazon.{region}/user/profile',
  },
  scopes: { signIn: ['profile'] },
  quirks: ['docs-contradict-on-rotation'],
  identity: { from: 'userinfo', subject: 'user_id', name: 'name', email: 'email' },
  refresh: {
    issued: 'yes',
    accessTokenSeconds: 3600,
    note: 'Refresh tokens stay valid until they are revoked.',
  },
  localhost: 'allowed',
  links: {
    console: 'https://developer.amazon.com/loginwithamazon/console/site/lwa/overview.html',
    docs: 'https://developer.amazon.com/docs/login-with-amazon/authorization-code-grant.html',
  },
  traps: [
    'Redirect URIs must be https, except for http://localhost.',
    "The app is a security profile, and its return URLs stand in that profile's web settings.",
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 4,
    urls: [
      'https://developer.amazon.com/docs/login-with-amazon/access-token.html',
      'https://developer.amazon.com/docs/login-with-amazon/refresh-token.html',
    ],
    decisions: ["Whether a refresh rotates is left open, because Amazon's pages disagree."],
  },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'x',
  name: 'X',
  protocol: 'oauth2',
  domains: ['x.com'],
  endpoints: {
    authorization: 'https://x.com/i/oauth2/authorize',
    token: 'https://api.x.com/2/oauth2/token',
    userinfo: 'https://api.x.com/2/users/me?user.fields=profile_image_url,confirmed_email',
    revocation: 'https://api.x.com/2/oauth2/revoke',
  },
  clientAuthentication: 'basic',
  scopes: {
    signIn: ['users.read', 'tweet.read', 'users.email'],
    connect: ['users.read', 'tweet.read', 'users.email', 'offline.access'],
  },
  quirks: ['host-renamed', 'pkce-required'],
  identity: {
    from: 'userinfo',
    subject: 'data.id',
    name: 'data.name',
    login: 'data.username',
    email: 'data.confirmed_email',
    picture: 'data.profile_image_url',
  },
  refresh: {
    issued: 'conditional',
    rotates: true,
    accessTokenSeconds: 7200,
    endsUnusedAfterDays: 180,
    note: 'Only with the scope offline.access.',
  },
  localhost: 'loopback-ip-only',
  apiHosts: ['api.x.com'],
  links: {
    console: 'https://developer.x.com/en/portal/dashboard',
    docs: 'https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code',
  },
  traps: [
    'Register 127.0.0.1 rather than localhost.',
    'The app has to be of the type Web App or it has no secret, and the e-mail address has to be switched on for it.',
    'users/me needs tweet.read beside users.read.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 7,
    urls: [
      'https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code',
      'https://docs.x.com/fundamentals/authentication/oauth-2-0/user-access-token',
    ],
    decisions: ['x.com and api.x.com: twitter.com is the old name, which still answers.'],
  },
}

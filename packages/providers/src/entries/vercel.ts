import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'vercel',
  name: 'Vercel',
  protocol: 'oidc',
  domains: ['vercel.com'],
  issuer: 'https://vercel.com',
  endpoints: {
    authorization: 'https://vercel.com/oauth/authorize',
    token: 'https://api.vercel.com/login/oauth/token',
    userinfo: 'https://api.vercel.com/login/oauth/userinfo',
    revocation: 'https://api.vercel.com/login/oauth/token/revoke',
  },
  scopes: {
    signIn: ['openid', 'email', 'profile'],
    connect: ['openid', 'email', 'profile', 'offline_access'],
  },
  quirks: ['pkce-required'],
  identity: { from: 'id-token' },
  refresh: {
    issued: 'conditional',
    rotates: true,
    accessTokenSeconds: 3600,
    endsUnusedAfterDays: 30,
    note: 'Only with the scope offline_access.',
  },
  localhost: 'allowed',
  apiHosts: ['api.vercel.com'],
  links: {
    console: 'https://vercel.com/dashboard',
    docs: 'https://vercel.com/docs/sign-in-with-vercel/authorization-server-api',
  },
  traps: [
    'Scopes that are not switched on for the app are left out without an error.',
    'The profile picture is served to signed-in people of Vercel only.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 2,
    urls: [
      'https://vercel.com/docs/sign-in-with-vercel/authorization-server-api',
      'https://vercel.com/docs/sign-in-with-vercel/tokens',
    ],
    decisions: ["The endpoints of Sign in with Vercel: the other source's belong to integrations."],
  },
}

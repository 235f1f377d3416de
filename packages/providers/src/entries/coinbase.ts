import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'coinbase',
  name: 'Coinbase',
  protocol: 'oauth2',
  domains: ['coinbase.com'],
  endpoints: {
    authorization: 'https://login.coinbase.com/oauth2/auth',
    token: 'https://login.coinbase.com/oauth2/token',
    userinfo: 'https://api.coinbase.com/v2/user',
    revocation: 'https://login.coinbase.com/oauth2/revoke',
  },
  scopes: {
    separator: ',',
    signIn: ['wallet:user:read', 'wallet:user:email'],
    connect: ['wallet:user:read', 'offline_access'],
  },
  identity: {
    from: 'userinfo',
    subject: 'data.id',
    name: 'data.name',
    email: 'data.email',
    picture: 'data.avatar_url',
  },
  refresh: {
    issued: 'conditional',
    rotates: true,
    accessTokenSeconds: 3600,
    endsUnusedAfterDays: 547,
    note: 'There is a refresh token only with the scope offline_access.',
  },
  localhost: 'unknown',
  apiHosts: ['api.coinbase.com'],
  links: {
    console: 'https://portal.cdp.coinbase.com/',
    docs: 'https://docs.cdp.coinbase.com/coinbase-app/oauth2-integration/overview',
  },
  traps: [
    'New clients are for approved partners only, and at times for nobody.',
    'Scopes are declared at registration and are hard to change later.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 5,
    urls: [
      'https://docs.cdp.coinbase.com/coinbase-app/oauth2-integration/reference',
      'https://docs.cdp.coinbase.com/coinbase-app/oauth2-integration/access-and-refresh-tokens',
      'https://docs.cdp.coinbase.com/coinbase-app/oauth2-integration/overview',
    ],
    decisions: [
      'The documentation has login.coinbase.com since March 2024, against four older sources with www.coinbase.com.',
      'The subject is data.id: the answer has the record under data.',
    ],
  },
}

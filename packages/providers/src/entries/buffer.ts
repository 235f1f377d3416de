import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'buffer',
  name: 'Buffer',
  protocol: 'oauth2',
  domains: ['buffer.com'],
  endpoints: {
    authorization: 'https://auth.buffer.com/auth',
    token: 'https://auth.buffer.com/token',
    introspection: 'https://auth.buffer.com/token/introspection',
    userinfo: 'https://api.buffer.com',
  },
  scopes: { signIn: ['account:read'], connect: ['account:read', 'offline_access'] },
  quirks: ['pkce-required', 'userinfo-post', 'lost-response-breaks-connection'],
  wire: { userinfoBody: { query: '{ account { id email } }' } },
  identity: { from: 'userinfo', subject: 'data.account.id', email: 'data.account.email' },
  refresh: {
    issued: 'conditional',
    rotates: true,
    accessTokenSeconds: 3600,
    note: 'It takes the scope offline_access, and using a refresh token a second time revokes the grant.',
  },
  localhost: 'unknown',
  apiHosts: ['api.buffer.com'],
  links: {
    console: 'https://publish.buffer.com/settings/api',
    docs: 'https://developers.buffer.com/guides/authentication.html',
  },
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 1,
    urls: [
      'https://developers.buffer.com/guides/authentication.html',
      'https://developers.buffer.com/guides/getting-started.html',
    ],
    decisions: [
      'The GraphQL API at api.buffer.com replaces version 1 at api.bufferapp.com, which is deprecated.',
    ],
  },
}

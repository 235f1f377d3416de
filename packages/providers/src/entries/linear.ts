import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'linear',
  name: 'Linear',
  protocol: 'oauth2',
  domains: ['linear.app'],
  endpoints: {
    authorization: 'https://linear.app/oauth/authorize',
    token: 'https://api.linear.app/oauth/token',
    userinfo: 'https://api.linear.app/graphql',
    revocation: 'https://api.linear.app/oauth/revoke',
  },
  scopes: { separator: ',', signIn: ['read'] },
  connectAuthorizeParams: { prompt: 'consent' },
  quirks: ['never-expires-became-optional', 'userinfo-post'],
  wire: { userinfoBody: { query: '{ viewer { id name email avatarUrl } }' } },
  identity: {
    from: 'userinfo',
    subject: 'data.viewer.id',
    name: 'data.viewer.name',
    email: 'data.viewer.email',
    picture: 'data.viewer.avatarUrl',
  },
  refresh: {
    issued: 'conditional',
    rotates: true,
    accessTokenSeconds: 86400,
    note: 'Every app has them since April 2026; before that, apps older than October 2025 had tokens without end.',
  },
  localhost: 'allowed',
  apiHosts: ['api.linear.app'],
  links: {
    console: 'https://linear.app/settings/api/applications/new',
    docs: 'https://linear.app/developers/oauth-2-0-authentication',
  },
  traps: [
    'An app is usable in its own workspace only until it is made public.',
    'With actor=app in the authorization request the token acts as the app, and viewer is then the app.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 2,
    urls: ['https://linear.app/developers/oauth-2-0-authentication'],
  },
}

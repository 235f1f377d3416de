import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'discord',
  name: 'Discord',
  protocol: 'oauth2',
  domains: ['discord.com'],
  endpoints: {
    authorization: 'https://discord.com/api/oauth2/authorize',
    token: 'https://discord.com/api/oauth2/token',
    userinfo: 'https://discord.com/api/users/@me',
    revocation: 'https://discord.com/api/oauth2/token/revoke',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['identify', 'email'] },
  quirks: ['form-body-only'],
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: 'global_name',
    login: 'username',
    email: 'email',
    emailVerified: 'verified',
  },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 604_800 },
  localhost: 'allowed',
  apiHosts: ['discord.com'],
  links: {
    console: 'https://discord.com/developers/applications',
    docs: 'https://docs.discord.com/developers/topics/oauth2',
  },
  traps: ['Some scopes, such as rpc, work only after Discord has approved the app.'],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 7,
    urls: ['https://discord.com/.well-known/oauth-authorization-server'],
    decisions: [
      "Authorization is under /api, as Discord's metadata and five sources have it; two have the page that it leads to.",
      'There is no picture, because the answer has only the hash from which its address is built.',
    ],
  },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'deputy',
  name: 'Deputy',
  protocol: 'oauth2',
  domains: ['deputy.com'],
  tenant: {
    host: {
      description: 'The host of the Deputy installation',
      example: 'acme.au.deputy.com',
      kind: 'host',
      domains: ['deputy.com'],
    },
  },
  endpoints: {
    authorization: 'https://once.deputy.com/my/oauth/login',
    token: 'https://once.deputy.com/my/oauth/access_token',
    refresh: 'https://{host}/oauth/access_token',
    userinfo: 'https://{host}/api/v1/me',
  },
  scopes: { signIn: ['longlife_refresh_token'], connect: ['longlife_refresh_token'] },
  quirks: ['redirect-uri-needed-on-refresh'],
  wire: {
    keepFromToken: ['endpoint'],
    tokenExtra: { scope: 'longlife_refresh_token' },
    refreshExtra: { scope: 'longlife_refresh_token' },
  },
  identity: { from: 'userinfo', subject: 'UserId', name: 'Name', login: 'Login', email: 'PrimaryEmail' },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 86_400 },
  localhost: 'allowed',
  apiHosts: ['{host}'],
  links: {
    console: 'https://once.deputy.com/my/oauth_clients',
    docs: 'https://developer.deputy.com/deputy-docs/docs/using-oauth-20',
  },
  traps: ['Users are numbered within one installation, so each installation needs an entry of its own.'],
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'mastodon',
  name: 'Mastodon',
  protocol: 'oauth2',
  domains: [],
  tenant: {
    host: { description: 'Host of the Mastodon server', example: 'mastodon.social', kind: 'host' },
  },
  endpoints: {
    authorization: 'https://{host}/oauth/authorize',
    token: 'https://{host}/oauth/token',
    userinfo: 'https://{host}/api/v1/accounts/verify_credentials',
    revocation: 'https://{host}/oauth/revoke',
  },
  scopes: { signIn: ['read:accounts'] },
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: 'display_name',
    login: 'username',
    picture: 'avatar_static',
  },
  refresh: { issued: 'no', neverExpires: true },
  localhost: 'allowed',
  apiHosts: ['{host}'],
  links: {
    console: 'https://mastodon.social/settings/applications',
    docs: 'https://docs.joinmastodon.org/spec/oauth/',
  },
  traps: [
    'Every server is a provider of its own, with its own registration.',
    'Scopes that the application was not registered with are refused.',
  ],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 4,
    decisions: ['One source has OAuth below /api/v1, where only the registration of apps is.'],
  },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'mattermost',
  name: 'Mattermost',
  protocol: 'oauth2',
  domains: [],
  tenant: {
    url: {
      description: 'Site URL of the Mattermost server',
      example: 'https://chat.example.com',
      kind: 'url',
    },
  },
  endpoints: {
    authorization: '{url}/oauth/authorize',
    token: '{url}/oauth/access_token',
    userinfo: '{url}/api/v4/users/me',
  },
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: ['first_name', 'last_name'],
    login: 'username',
    email: 'email',
    emailVerified: 'email_verified',
  },
  refresh: { issued: 'yes', rotates: true },
  localhost: 'allowed',
  links: { docs: 'https://developers.mattermost.com/integrate/apps/authentication/oauth2/' },
  traps: [
    'An administrator must enable the OAuth 2.0 service provider before applications can be registered.',
  ],
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

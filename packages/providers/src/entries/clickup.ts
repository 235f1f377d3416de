import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'clickup',
  name: 'ClickUp',
  protocol: 'oauth2',
  domains: ['clickup.com'],
  endpoints: {
    authorization: 'https://app.clickup.com/api',
    token: 'https://api.clickup.com/api/v2/oauth/token',
    userinfo: 'https://api.clickup.com/api/v2/user',
  },
  quirks: ['no-scope-parameter', 'nonstandard-token-fields'],
  identity: {
    from: 'userinfo',
    subject: 'user.id',
    name: 'user.username',
    email: 'user.email',
    picture: 'user.profilePicture',
  },
  refresh: { issued: 'no', neverExpires: true },
  localhost: 'allowed',
  apiHosts: ['api.clickup.com'],
  links: { docs: 'https://developer.clickup.com/docs/authentication' },
  traps: [
    'People choose on the consent page which workspaces the app may see.',
    'Only an owner or admin of a workspace can register an app.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 2,
    urls: [
      'https://developer.clickup.com/docs/authentication',
      'https://developer.clickup.com/reference/getaccesstoken',
    ],
  },
}

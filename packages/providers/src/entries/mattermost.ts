import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'mattermost',
  name: 'Mattermost',
  protocol: 'oauth2',
  domains: [],
  tenant: {
    host: {
      description: 'TODO',
      example: 'acme',
      kind: 'host',
    },
  },
  endpoints: {
    authorization: 'https://{host}/oauth/authorize',
    token: 'https://{host}/oauth/access_token',
    userinfo: 'https://{host}/api/v4/users/me',
  },
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: ['username', 'first_name', 'last_name'],
    email: 'email',
  },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { docs: 'https://example.com' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

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
  identity: { from: 'userinfo', subject: 'user.id', name: 'user.username' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { docs: 'https://clickup.com/api/developer-portal/authentication#oauth-flow' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

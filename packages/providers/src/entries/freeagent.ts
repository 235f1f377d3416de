import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'freeagent',
  name: 'FreeAgent',
  protocol: 'oauth2',
  domains: ['freeagent.com'],
  endpoints: {
    authorization: 'https://api.freeagent.com/v2/approve_app',
    token: 'https://api.freeagent.com/v2/token_endpoint',
    userinfo: 'https://api.freeagent.com/v2/users/me',
  },
  clientAuthentication: 'basic',
  identity: {
    from: 'userinfo',
    subject: 'user.url',
    name: ['user.first_name', 'user.last_name'],
    email: 'user.email',
  },
  refresh: { issued: 'yes' },
  localhost: 'allowed',
  apiHosts: ['api.freeagent.com'],
  links: { console: 'https://dev.freeagent.com/apps', docs: 'https://dev.freeagent.com/docs/oauth' },
  traps: ['The sandbox has hosts of its own below sandbox.freeagent.com, with the same key.'],
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

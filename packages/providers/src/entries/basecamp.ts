import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'basecamp',
  name: 'Basecamp',
  protocol: 'oauth2',
  domains: ['37signals.com', 'basecampapi.com'],
  endpoints: {
    authorization: 'https://launchpad.37signals.com/authorization/new',
    token: 'https://launchpad.37signals.com/authorization/token',
    userinfo: 'https://launchpad.37signals.com/authorization.json',
  },
  authorizeParams: { type: 'web_server' },
  quirks: ['redirect-uri-needed-on-refresh', 'tenant-from-api-call'],
  wire: { tokenExtra: { type: 'web_server' }, refreshExtra: { type: 'refresh' } },
  identity: {
    from: 'userinfo',
    subject: 'identity.id',
    name: ['identity.first_name', 'identity.last_name'],
    email: 'identity.email_address',
  },
  refresh: { issued: 'yes', omitted: true, accessTokenSeconds: 1_209_600 },
  localhost: 'allowed',
  apiHosts: ['3.basecampapi.com', 'launchpad.37signals.com'],
  links: {
    console: 'https://launchpad.37signals.com/integrations',
    docs: 'https://github.com/37signals/api/blob/master/sections/authentication.md',
  },
  traps: [
    'API calls need a User-Agent that names the app and a way to reach its makers.',
    'The accounts that a token opens are listed at https://launchpad.37signals.com/authorization.json.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 4,
    urls: ['https://github.com/37signals/api/blob/master/sections/authentication.md'],
  },
}

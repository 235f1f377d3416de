import type { Entry } from '../entry.ts'

// TODO derived quirks expected: response-type-renamed
export const entry: Entry = {
  id: 'basecamp',
  name: 'Basecamp',
  protocol: 'oauth2',
  domains: ['37signals.com'],
  endpoints: {
    authorization: 'https://launchpad.37signals.com/authorization/new',
    token: 'https://launchpad.37signals.com/authorization/token',
    userinfo: 'https://launchpad.37signals.com/authorization.json',
  },
  authorizeParams: { type: 'web_server' },
  wire: {
    tokenExtra: {
      type: 'web_server',
    },
    refreshExtra: {
      type: 'refresh',
    },
  },
  identity: {
    from: 'userinfo',
    subject: 'identity.id',
    name: 'identity.first_name.last_name',
    email: 'identity.email_address',
  },
  refresh: { issued: 'yes' },
  localhost: 'allowed',
  links: {
    docs: 'https://github.com/basecamp/api/blob/master/sections/authentication.md',
    console: 'https://integrate.37signals.com/',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 4 },
}

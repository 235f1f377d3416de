import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'mention',
  name: 'Mention',
  protocol: 'oauth2',
  domains: ['mention.com', 'mention.net'],
  endpoints: {
    authorization: 'https://web.mention.com/authorize',
    token: 'https://web.mention.net/oauth/v2/token',
    userinfo: 'https://api.mention.net/api/accounts/me',
  },
  quirks: ['no-scope-parameter'],
  wire: { headers: { 'Accept-Version': '1.21' } },
  identity: {
    from: 'userinfo',
    subject: 'account.id',
    name: 'account.name',
    email: 'account.email',
  },
  refresh: { issued: 'no' },
  localhost: 'unknown',
  apiHosts: ['api.mention.net'],
  links: { docs: 'https://dev.mention.com/current/src/index.html' },
  traps: ['There are no scopes: a token may do all that the account may.'],
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'odnoklassniki',
  name: 'OK.ru',
  protocol: 'oauth2',
  domains: ['ok.ru'],
  endpoints: {
    authorization: 'https://connect.ok.ru/oauth/authorize',
    token: 'https://api.ok.ru/oauth/token.do',
  },
  scopes: { separator: ';', connect: ['VALUABLE_ACCESS', 'LONG_ACCESS_TOKEN'] },
  quirks: ['nonstandard-token-fields'],
  identity: {
    from: 'nothing',
    because:
      'Every call of its API must be signed with a digest over the parameters, the token and the secret.',
  },
  refresh: { issued: 'yes', omitted: true, accessTokenSeconds: 1800, endsAfterDays: 30 },
  localhost: 'unknown',
  apiHosts: ['api.ok.ru'],
  links: { console: 'https://ok.ru/devaccess', docs: 'https://apiok.ru/en/ext/oauth/server' },
  traps: ['Each scope must be granted to the app by the support of OK.ru, and so must OAuth itself.'],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 2,
    decisions: ['The hosts of odnoklassniki.ru in one source are the name before.'],
  },
}

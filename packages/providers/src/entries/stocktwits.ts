import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'stocktwits',
  name: 'Stocktwits',
  protocol: 'oauth2',
  domains: ['stocktwits.com'],
  endpoints: {
    authorization: 'https://api.stocktwits.com/api/2/oauth/authorize',
    token: 'https://api.stocktwits.com/api/2/oauth/token',
    userinfo: 'https://api.stocktwits.com/api/2/account/verify.json',
  },
  scopes: { separator: ',', signIn: ['read'] },
  quirks: ['nonstandard-token-fields'],
  wire: { userinfoQuery: { access_token: '{access_token}' }, authorizationScheme: 'none' },
  identity: {
    from: 'userinfo',
    subject: 'user.id',
    name: 'user.name',
    login: 'user.username',
    picture: 'user.avatar_url_ssl',
  },
  refresh: { issued: 'no' },
  localhost: 'unknown',
  apiHosts: ['api.stocktwits.com'],
  links: {
    console: 'https://api.stocktwits.com/developers/apps/new',
    docs: 'https://api.stocktwits.com/developers/docs',
  },
  traps: ['Registration of new apps is closed at times.'],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 2,
    decisions: [
      "Userinfo is account/verify: the other source's stream of a named user tells nothing of whose token it is.",
    ],
  },
}

import type { Entry } from '../entry.ts'

// TODO disagreements: [{"field": "userinfoEndpoint", "values": [{"value": "https://api.stocktwits.com/api/2/streams/user/{user}.json", "sources": 1}, {"value": "https://api.stocktwits.com/api/2/account/verify.json", "sources": 1}]}]
// TODO derived quirks expected: comma-scopes
export const entry: Entry = {
  id: 'stocktwits',
  name: 'Stocktwits',
  protocol: 'oauth2',
  domains: ['stocktwits.com'],
  tenant: {
    user: {
      description: 'TODO',
      example: 'acme',
      kind: 'label',
    },
  },
  endpoints: {
    authorization: 'https://api.stocktwits.com/api/2/oauth/authorize',
    token: 'https://api.stocktwits.com/api/2/oauth/token',
    userinfo: 'https://api.stocktwits.com/api/2/streams/user/{user}.json',
  },
  scopes: { separator: ',' },
  wire: {
    userinfoQuery: {
      access_token: '{access_token}',
    },
  },
  identity: { from: 'userinfo', subject: 'user.id', picture: 'user.avatar_url_ssl' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {
    docs: 'https://api.stocktwits.com/developers/apps/new',
    console: 'https://api.stocktwits.com/developers/apps/new',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

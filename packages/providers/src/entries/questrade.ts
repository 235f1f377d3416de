import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'questrade',
  name: 'Questrade',
  protocol: 'oauth2',
  domains: ['questrade.com'],
  endpoints: {
    authorization: 'https://login.questrade.com/oauth2/authorize',
    token: 'https://login.questrade.com/oauth2/token',
  },
  quirks: ['no-scope-parameter'],
  wire: { keepFromToken: ['api_server'] },
  identity: {
    from: 'nothing',
    because:
      "The API that knows the user's number is on a host that the token response names and that changes.",
  },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 1800, endsUnusedAfterDays: 7 },
  localhost: 'unknown',
  links: {
    console: 'https://apphub.questrade.com/UI/UserApps.aspx',
    docs: 'https://www.questrade.com/api/documentation/getting-started',
  },
  traps: [
    'A refresh token can be used once and ends after seven days, so a connection has to be refreshed every week.',
    'API calls go to the host in api_server, which differs from token to token.',
  ],
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

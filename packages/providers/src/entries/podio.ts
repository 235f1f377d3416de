import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'podio',
  name: 'Podio',
  protocol: 'oauth2',
  domains: ['podio.com'],
  endpoints: {
    authorization: 'https://podio.com/oauth/authorize',
    token: 'https://podio.com/oauth/token',
  },
  quirks: ['custom-api-auth-header'],
  wire: { authorizationScheme: 'OAuth2' },
  identity: { from: 'token-response', subject: 'ref.id' },
  refresh: { issued: 'yes', rotates: false, accessTokenSeconds: 28800, endsUnusedAfterDays: 28 },
  localhost: 'allowed',
  apiHosts: ['api.podio.com'],
  links: {
    console: 'https://podio.com/settings/api',
    docs: 'https://developers.podio.com/authentication/server_side',
  },
  traps: ['The redirect URI must be on the domain that the API key was made for.'],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 1,
    decisions: ['The API wants its own scheme before the token; the token response names the user already.'],
  },
}

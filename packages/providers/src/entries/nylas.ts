import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'nylas',
  name: 'Nylas',
  protocol: 'oauth2',
  domains: ['nylas.com'],
  tenant: {
    region: {
      description: 'Region of the Nylas application',
      example: 'us',
      kind: 'choice',
      choices: ['us', 'eu'],
      default: 'us',
    },
  },
  endpoints: {
    authorization: 'https://api.{region}.nylas.com/v3/connect/auth',
    token: 'https://api.{region}.nylas.com/v3/connect/token',
    revocation: 'https://api.{region}.nylas.com/v3/connect/revoke',
  },
  connectAuthorizeParams: { access_type: 'offline' },
  quirks: ['api-key-as-client-secret'],
  wire: { keepFromToken: ['grant_id'] },
  identity: { from: 'token-response', subject: 'grant_id', email: 'email' },
  refresh: { issued: 'conditional', accessTokenSeconds: 3600, note: 'Only with access_type=offline.' },
  localhost: 'allowed',
  apiHosts: ['api.{region}.nylas.com'],
  links: {
    console: 'https://dashboard-v3.nylas.com/',
    docs: 'https://developer.nylas.com/docs/v3/auth/hosted-oauth-accesstoken/',
  },
  traps: [
    'client_secret is an API key of the application.',
    'A mailbox that is connected anew after its grant was deleted counts as another account.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 1,
    urls: [
      'https://developer.nylas.com/docs/v3/auth/hosted-oauth-accesstoken/',
      'https://developer.nylas.com/docs/reference/api/authentication-apis/exchange_oauth2_token/',
    ],
    decisions: ['The source has version 2, which is shut down; these are the endpoints of version 3.'],
  },
}

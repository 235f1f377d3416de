import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'kroger',
  name: 'Kroger',
  protocol: 'oauth2',
  domains: ['kroger.com'],
  tenant: {
    host: {
      description: 'Host of the API: production, or the certification environment for tests',
      example: 'api.kroger.com',
      kind: 'choice',
      choices: ['api.kroger.com', 'api-ce.kroger.com'],
      default: 'api.kroger.com',
    },
  },
  endpoints: {
    authorization: 'https://{host}/v1/connect/oauth2/authorize',
    token: 'https://{host}/v1/connect/oauth2/token',
    userinfo: 'https://{host}/v1/identity/profile',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['profile.compact'] },
  identity: { from: 'userinfo', subject: 'data.id' },
  refresh: { issued: 'yes', accessTokenSeconds: 1800 },
  localhost: 'allowed',
  apiHosts: ['{host}'],
  links: {
    console: 'https://developer.kroger.com/manage/apps',
    docs: 'https://developer.kroger.com/documentation/public/security/customer',
  },
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 2,
    decisions: [
      'A source names the web site as the certification environment; its API is at api-ce.kroger.com.',
    ],
  },
}

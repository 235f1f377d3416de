import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'upwork',
  name: 'Upwork',
  protocol: 'oauth2',
  domains: ['upwork.com'],
  endpoints: {
    authorization: 'https://www.upwork.com/ab/account-security/oauth2/authorize',
    token: 'https://www.upwork.com/api/v3/oauth2/token',
    userinfo: 'https://api.upwork.com/graphql',
  },
  quirks: ['no-scope-parameter', 'userinfo-post'],
  wire: { userinfoBody: { query: '{ user { id nid name email } }' } },
  identity: {
    from: 'userinfo',
    subject: 'data.user.id',
    name: 'data.user.name',
    login: 'data.user.nid',
    email: 'data.user.email',
  },
  refresh: { issued: 'yes', accessTokenSeconds: 86400, endsUnusedAfterDays: 14 },
  localhost: 'unknown',
  apiHosts: ['api.upwork.com'],
  links: {
    console: 'https://www.upwork.com/developer/keys/apply',
    docs: 'https://www.upwork.com/developer/documentation/graphql/api/docs/index.html',
  },
  traps: [
    'API keys are applied for and reviewed.',
    'Scopes are chosen with the key; the profile needs the read-only access to common entities.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 2,
    urls: ['https://support.upwork.com/hc/en-us/articles/115015933448-API-authentication-and-security'],
    decisions: [
      'OAuth 2.0 and GraphQL: OAuth 1.0a and the REST API, which the source has, are switched off.',
    ],
  },
}

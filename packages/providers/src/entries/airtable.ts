import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'airtable',
  name: 'Airtable',
  protocol: 'oauth2',
  domains: ['airtable.com'],
  endpoints: {
    authorization: 'https://airtable.com/oauth2/v1/authorize',
    token: 'https://airtable.com/oauth2/v1/token',
    userinfo: 'https://api.airtable.com/v0/meta/whoami',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['user.email:read'] },
  quirks: ['pkce-required', 'lost-response-breaks-connection'],
  identity: { from: 'userinfo', subject: 'id', email: 'email' },
  refresh: {
    issued: 'yes',
    rotates: true,
    accessTokenSeconds: 3600,
    endsUnusedAfterDays: 60,
    note: 'Using a refresh token a second time revokes the whole grant.',
  },
  localhost: 'allowed',
  apiHosts: ['api.airtable.com'],
  links: {
    console: 'https://airtable.com/create/oauth',
    docs: 'https://airtable.com/developers/web/api/oauth-reference',
  },
  traps: [
    'Scopes have to be ticked for the integration before an authorization request may name them.',
    'The e-mail address comes only with the scope user.email:read.',
  ],
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

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
  identity: { from: 'userinfo', subject: 'id' },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: { docs: 'https://airtable.com/developers/web/api/oauth-reference' },
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

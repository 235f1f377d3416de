import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'zendesk-sell',
  name: 'Zendesk Sell',
  protocol: 'oauth2',
  domains: ['getbase.com'],
  endpoints: {
    authorization: 'https://api.getbase.com/oauth2/authorize',
    token: 'https://api.getbase.com/oauth2/token',
    userinfo: 'https://api.getbase.com/v2/users/self',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['profile'], connect: ['profile', 'read'] },
  identity: { from: 'userinfo', subject: 'data.id', name: 'data.name', email: 'data.email' },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  apiHosts: ['api.getbase.com'],
  links: { docs: 'https://developer.zendesk.com/api-reference/sales-crm/authentication/introduction/' },
  ending: 'Zendesk has announced that Sell is to be switched off in 2027.',
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

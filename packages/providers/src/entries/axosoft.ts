import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'axosoft',
  name: 'Axosoft',
  protocol: 'oauth2',
  domains: ['axosoft.com'],
  tenant: {
    subdomain: { description: "The account's name before .axosoft.com", example: 'acme', kind: 'label' },
  },
  endpoints: {
    authorization: 'https://{subdomain}.axosoft.com/auth',
    token: 'https://{subdomain}.axosoft.com/api/oauth2/token',
    userinfo: 'https://{subdomain}.axosoft.com/api/v5/me',
  },
  scopes: { signIn: ['read'] },
  identity: {
    from: 'userinfo',
    subject: 'data.id',
    name: ['data.first_name', 'data.last_name'],
    email: 'data.email',
  },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  apiHosts: ['{subdomain}.axosoft.com'],
  links: { docs: 'https://developer.axosoft.com/' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'aha',
  name: 'Aha!',
  protocol: 'oauth2',
  domains: ['aha.io'],
  tenant: { subdomain: { description: "The account's name before .aha.io", example: 'acme', kind: 'label' } },
  endpoints: {
    authorization: 'https://{subdomain}.aha.io/oauth/authorize',
    token: 'https://{subdomain}.aha.io/oauth/token',
    userinfo: 'https://{subdomain}.aha.io/api/v1/me',
  },
  identity: { from: 'userinfo', subject: 'user.id', name: 'user.name', email: 'user.email' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  apiHosts: ['{subdomain}.aha.io'],
  links: { docs: 'https://www.aha.io/api/oauth2' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

import type { Entry } from '../entry.ts'

// TODO disagreements: [{"field": "profile.subject", "values": [{"value": "uuid", "sources": 1}, {"value": "account.uuid", "sources": 1}]}]
export const entry: Entry = {
  id: 'digitalocean',
  name: 'DigitalOcean',
  protocol: 'oauth2',
  domains: ['digitalocean.com'],
  endpoints: {
    authorization: 'https://cloud.digitalocean.com/v1/oauth/authorize',
    token: 'https://cloud.digitalocean.com/v1/oauth/token',
    userinfo: 'https://api.digitalocean.com/v2/account',
  },
  identity: {
    from: 'userinfo',
    subject: 'account.uuid',
    name: 'account.name',
    email: 'account.email',
    emailVerified: 'account.email_verified',
  },
  refresh: { issued: 'unknown' },
  localhost: 'allowed',
  links: {
    docs: 'https://cloud.digitalocean.com/settings/applications',
    console: 'https://cloud.digitalocean.com/settings/applications',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'digitalocean',
  name: 'DigitalOcean',
  protocol: 'oauth2',
  domains: ['digitalocean.com'],
  endpoints: {
    authorization: 'https://cloud.digitalocean.com/v1/oauth/authorize',
    token: 'https://cloud.digitalocean.com/v1/oauth/token',
    userinfo: 'https://api.digitalocean.com/v2/account',
    revocation: 'https://cloud.digitalocean.com/v1/oauth/revoke',
  },
  scopes: { signIn: ['read'] },
  identity: {
    from: 'userinfo',
    subject: 'account.uuid',
    name: 'account.name',
    email: 'account.email',
    emailVerified: 'account.email_verified',
  },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 2_592_000 },
  localhost: 'allowed',
  apiHosts: ['api.digitalocean.com'],
  links: {
    console: 'https://cloud.digitalocean.com/account/api/applications',
    docs: 'https://docs.digitalocean.com/reference/api/oauth/',
  },
  traps: ['People choose on the consent page which of their teams the token is for.'],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 4,
    urls: ['https://docs.digitalocean.com/reference/api/oauth'],
    decisions: ['The subject is account.uuid: the answer has the record under account.'],
  },
}

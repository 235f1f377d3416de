import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'patreon',
  name: 'Patreon',
  protocol: 'oauth2',
  domains: ['patreon.com'],
  endpoints: {
    authorization: 'https://www.patreon.com/oauth2/authorize',
    token: 'https://www.patreon.com/api/oauth2/token',
    userinfo: 'https://www.patreon.com/api/oauth2/v2/identity',
  },
  scopes: { signIn: ['identity', 'identity[email]'] },
  wire: { userinfoQuery: { 'fields[user]': 'full_name,email,is_email_verified,image_url' } },
  identity: {
    from: 'userinfo',
    subject: 'data.id',
    name: 'data.attributes.full_name',
    email: 'data.attributes.email',
    emailVerified: 'data.attributes.is_email_verified',
    picture: 'data.attributes.image_url',
  },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 2678400 },
  localhost: 'allowed',
  apiHosts: ['www.patreon.com'],
  links: {
    console: 'https://www.patreon.com/portal/registration/register-clients',
    docs: 'https://docs.patreon.com/#oauth',
  },
  traps: ['The client must be of API version 2; one of version 1 sees other scopes.'],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 6,
    decisions: ['current_user in one source is version 1, which Patreon deprecates.'],
  },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'gumroad',
  name: 'Gumroad',
  protocol: 'oauth2',
  domains: ['gumroad.com'],
  endpoints: {
    authorization: 'https://gumroad.com/oauth/authorize',
    token: 'https://api.gumroad.com/oauth/token',
    userinfo: 'https://api.gumroad.com/v2/user',
  },
  scopes: { signIn: ['view_profile'] },
  identity: {
    from: 'userinfo',
    subject: 'user.user_id',
    name: 'user.name',
    email: 'user.email',
  },
  refresh: { issued: 'no', neverExpires: true },
  localhost: 'allowed',
  apiHosts: ['api.gumroad.com'],
  links: {
    console: 'https://gumroad.com/settings/advanced',
    docs: 'https://gumroad.com/api',
  },
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 2,
    decisions: [
      'Sources ask for edit_products; view_profile is enough to tell who it is.',
      'One source takes the base address from configuration, but there is only one Gumroad.',
    ],
  },
}

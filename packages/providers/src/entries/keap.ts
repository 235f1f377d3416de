import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'keap',
  name: 'Keap',
  protocol: 'oauth2',
  domains: ['infusionsoft.com'],
  endpoints: {
    authorization: 'https://accounts.infusionsoft.com/app/oauth/authorize',
    token: 'https://api.infusionsoft.com/token',
    userinfo: 'https://api.infusionsoft.com/crm/rest/v1/oauth/connect/userinfo',
  },
  scopes: { signIn: ['full'] },
  identity: {
    from: 'userinfo',
    subject: 'global_user_id',
    name: ['given_name', 'family_name'],
    email: 'email',
  },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 86400, endsUnusedAfterDays: 45 },
  localhost: 'https-only',
  apiHosts: ['api.infusionsoft.com'],
  links: {
    console: 'https://keys.developer.keap.com/',
    docs: 'https://developer.infusionsoft.com/getting-started-oauth-keys',
  },
  traps: ['The person chooses one of their Keap accounts at consent, and the token is for that one only.'],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 2,
    urls: ['https://developer.infusionsoft.com/getting-started-oauth-keys'],
  },
}

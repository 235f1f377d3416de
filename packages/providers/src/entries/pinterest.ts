import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'pinterest',
  name: 'Pinterest',
  protocol: 'oauth2',
  domains: ['pinterest.com'],
  endpoints: {
    authorization: 'https://www.pinterest.com/oauth/',
    token: 'https://api.pinterest.com/v5/oauth/token',
    userinfo: 'https://api.pinterest.com/v5/user_account',
  },
  clientAuthentication: 'basic',
  scopes: { separator: ',', signIn: ['user_accounts:read'] },
  quirks: ['api-version-in-url', 'expiry-opt-in-param'],
  wire: { tokenExtra: { continuous_refresh: 'true' } },
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: 'business_name',
    login: 'username',
    picture: 'profile_image',
  },
  refresh: {
    issued: 'yes',
    rotates: true,
    accessTokenSeconds: 2592000,
    endsUnusedAfterDays: 60,
    note: 'That is with continuous refresh, which we ask for; without it one refresh token lasts a year.',
  },
  localhost: 'allowed',
  apiHosts: ['api.pinterest.com'],
  links: {
    console: 'https://developers.pinterest.com/apps/',
    docs: 'https://developers.pinterest.com/docs/getting-started/set-up-authentication-and-authorization/',
  },
  traps: ['An app starts with trial access, which works for few calls until Pinterest upgrades it.'],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 3,
    urls: ['https://developers.pinterest.com/docs/getting-started/set-up-authentication-and-authorization/'],
    decisions: ['Sources with api.pinterest.com/oauth and /v1 are of an API that is gone.'],
  },
}

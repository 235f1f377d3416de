import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'streamlabs',
  name: 'Streamlabs',
  protocol: 'oauth2',
  domains: ['streamlabs.com'],
  endpoints: {
    authorization: 'https://streamlabs.com/api/v2.0/authorize',
    token: 'https://streamlabs.com/api/v2.0/token',
    userinfo: 'https://streamlabs.com/api/v2.0/user',
  },
  scopes: { signIn: ['donations.read'] },
  identity: {
    from: 'userinfo',
    subject: 'streamlabs.id',
    name: 'streamlabs.display_name',
    login: 'streamlabs.username',
  },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  apiHosts: ['streamlabs.com'],
  links: {
    console: 'https://streamlabs.com/dashboard#/settings/api-settings',
    docs: 'https://dev.streamlabs.com/docs/oauth-2',
  },
  traps: ['Until it is approved, an app can be used by ten listed people only.'],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 2,
    decisions: ['The second version of its API, which its documentation describes.'],
  },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'mozilla-accounts',
  name: 'Mozilla',
  protocol: 'oauth2',
  domains: ['firefox.com'],
  endpoints: {
    authorization: 'https://accounts.firefox.com/authorization',
    token: 'https://oauth.accounts.firefox.com/v1/token',
    userinfo: 'https://profile.accounts.firefox.com/v1/profile',
  },
  scopes: { signIn: ['profile'] },
  connectAuthorizeParams: { access_type: 'offline' },
  identity: {
    from: 'userinfo',
    subject: 'uid',
    name: 'displayName',
    email: 'email',
    picture: 'avatar',
  },
  refresh: { issued: 'conditional', rotates: false, note: 'Only with access_type=offline.' },
  localhost: 'unknown',
  links: {
    docs: 'https://mozilla.github.io/ecosystem-platform/relying-parties/tutorials/integration-with-fxa',
  },
  traps: ['Mozilla registers clients by hand, and hardly for anybody but its own services.'],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 1,
    decisions: ['The brand was Firefox Accounts until 2023; its hosts kept the name.'],
  },
}

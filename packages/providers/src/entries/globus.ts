import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'globus',
  name: 'Globus',
  protocol: 'oauth2',
  domains: ['globus.org'],
  endpoints: {
    authorization: 'https://auth.globus.org/v2/oauth2/authorize',
    token: 'https://auth.globus.org/v2/oauth2/token',
    userinfo: 'https://auth.globus.org/v2/oauth2/userinfo',
    revocation: 'https://auth.globus.org/v2/oauth2/token/revoke',
    introspection: 'https://auth.globus.org/v2/oauth2/token/introspect',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'profile', 'email'] },
  connectAuthorizeParams: { access_type: 'offline' },
  identity: {
    from: 'userinfo',
    subject: 'sub',
    name: 'name',
    login: 'preferred_username',
    email: 'email',
  },
  refresh: { issued: 'conditional', rotates: false, accessTokenSeconds: 172800, endsUnusedAfterDays: 180 },
  localhost: 'allowed',
  apiHosts: ['auth.globus.org', 'transfer.api.globus.org', 'groups.api.globus.org', 'search.api.globus.org'],
  links: {
    console: 'https://app.globus.org/settings/developers',
    docs: 'https://docs.globus.org/api/auth/',
  },
  traps: [
    'Each Globus service has tokens of its own, so scopes of several services come back in other_tokens.',
  ],
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

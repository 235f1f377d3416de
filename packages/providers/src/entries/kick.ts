import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'kick',
  name: 'Kick',
  protocol: 'oauth2',
  domains: ['kick.com'],
  endpoints: {
    authorization: 'https://id.kick.com/oauth/authorize',
    token: 'https://id.kick.com/oauth/token',
    userinfo: 'https://api.kick.com/public/v1/users',
    revocation: 'https://id.kick.com/oauth/revoke',
    introspection: 'https://id.kick.com/oauth/token/introspect',
  },
  scopes: { signIn: ['user:read'] },
  quirks: ['pkce-required'],
  identity: {
    from: 'userinfo',
    subject: 'data.0.user_id',
    name: 'data.0.name',
    email: 'data.0.email',
    picture: 'data.0.profile_picture',
  },
  refresh: {
    issued: 'yes',
    accessTokenSeconds: 7200,
    note: 'A refresh brings a new one and leaves the old one alive.',
  },
  localhost: 'allowed',
  apiHosts: ['api.kick.com'],
  links: { console: 'https://kick.com/settings/developer', docs: 'https://docs.kick.com/' },
  traps: ['The account that registers an app needs two-factor authentication.'],
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

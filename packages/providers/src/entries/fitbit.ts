import type { Entry } from '../entry.ts'

// TODO refresh.note: word it anew, set endsAfterDays/endsUnusedAfterDays
// TODO tokenEndpointAuthMethodNote: "server apps); none + PKCE (client apps, client_id in the body"
// TODO derived quirks expected: api-being-retired no-email profile-wrapped rotating-refresh-token
export const entry: Entry = {
  id: 'fitbit',
  name: 'Fitbit',
  protocol: 'oauth2',
  domains: ['fitbit.com'],
  endpoints: {
    authorization: 'https://www.fitbit.com/oauth2/authorize',
    token: 'https://api.fitbit.com/oauth2/token',
    userinfo: 'https://api.fitbit.com/1/user/-/profile.json',
    revocation: 'https://api.fitbit.com/oauth2/revoke',
    introspection: 'https://api.fitbit.com/1.1/oauth2/introspect',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['profile'] },
  identity: {
    from: 'userinfo',
    subject: 'user.encodedId',
    name: 'user.displayName',
    picture: 'user.avatar',
  },
  refresh: {
    issued: 'yes',
    rotates: true,
    accessTokenSeconds: 28800,
    note: 'the same refresh request within about two minutes returns the same answer, per vendor forum; unverified',
  },
  localhost: 'allowed',
  links: {
    docs: 'https://dev.fitbit.com/build/reference/web-api/authorization/',
    console: 'https://dev.fitbit.com/apps',
  },
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 3,
    urls: ['https://dev.fitbit.com/build/reference/web-api/developer-guide/authorization/'],
  },
  ending:
    'TODO being replaced by the Google Health API (Google OAuth; tokens do not carry over, users must consent again)',
}

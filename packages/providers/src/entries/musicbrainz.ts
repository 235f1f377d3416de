import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'musicbrainz',
  name: 'MusicBrainz',
  protocol: 'oauth2',
  domains: ['musicbrainz.org'],
  endpoints: {
    authorization: 'https://musicbrainz.org/oauth2/authorize',
    token: 'https://musicbrainz.org/oauth2/token',
    userinfo: 'https://musicbrainz.org/oauth2/userinfo',
    revocation: 'https://musicbrainz.org/oauth2/revoke',
  },
  scopes: { signIn: ['profile', 'email'], connect: ['profile'] },
  connectAuthorizeParams: { access_type: 'offline', approval_prompt: 'force' },
  identity: {
    from: 'userinfo',
    subject: 'metabrainz_user_id',
    name: 'sub',
    login: 'sub',
    email: 'email',
    emailVerified: 'email_verified',
  },
  refresh: {
    issued: 'conditional',
    rotates: false,
    accessTokenSeconds: 3600,
    note: 'Only with access_type=offline, and after the first time only with approval_prompt=force.',
  },
  localhost: 'unknown',
  apiHosts: ['musicbrainz.org'],
  links: {
    console: 'https://musicbrainz.org/account/applications',
    docs: 'https://musicbrainz.org/doc/Development/OAuth2',
  },
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 1,
    decisions: ['Its sub is the user name, which can change; the number beside it cannot.'],
  },
}

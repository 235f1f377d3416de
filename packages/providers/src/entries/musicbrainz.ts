import type { Entry } from '../entry.ts'

// TODO derived quirks expected: offline-needs-extra-params
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
  scopes: { signIn: ['profile'] },
  identity: { from: 'userinfo', subject: 'metabrainz_user_id' },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: { docs: 'https://musicbrainz.org/doc/Development/OAuth2' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

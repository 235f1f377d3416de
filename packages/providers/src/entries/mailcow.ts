import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'mailcow',
  name: 'Mailcow',
  protocol: 'oauth2',
  domains: ['mailcow.de'],
  endpoints: {
    authorization: 'https://hosted.mailcow.de/oauth/authorize',
    token: 'https://hosted.mailcow.de/oauth/token',
    userinfo: 'https://hosted.mailcow.de/oauth/profile',
  },
  scopes: { signIn: ['profile'] },
  identity: { from: 'userinfo', subject: 'id', name: 'displayName', email: 'email' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {
    docs: 'https://docs.mailcow.email/third_party/nextcloud/third_party-nextcloud/',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

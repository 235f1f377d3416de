import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'wikimedia',
  name: 'Wikimedia',
  protocol: 'oauth2',
  domains: ['wikimedia.org'],
  endpoints: {
    authorization: 'https://meta.wikimedia.org/w/rest.php/oauth2/authorize',
    token: 'https://meta.wikimedia.org/w/rest.php/oauth2/access_token',
    userinfo: 'https://meta.wikimedia.org/w/rest.php/oauth2/resource/profile',
  },
  quirks: ['userinfo-wrong-content-type'],
  identity: { from: 'userinfo', subject: 'sub', name: 'username', email: 'email' },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: {
    docs: 'https://api.wikimedia.org/wiki/Authentication',
    console: 'https://meta.wikimedia.org/wiki/Special:OAuthConsumerRegistration/propose',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}

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
  quirks: ['no-scope-parameter', 'userinfo-wrong-content-type'],
  identity: {
    from: 'userinfo',
    subject: 'sub',
    name: 'username',
    login: 'username',
    email: 'email',
    emailVerified: 'confirmed_email',
  },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 14400, endsUnusedAfterDays: 365 },
  localhost: 'allowed',
  apiHosts: ['meta.wikimedia.org', 'commons.wikimedia.org'],
  links: {
    console: 'https://meta.wikimedia.org/wiki/Special:OAuthConsumerRegistration/propose/oauth2',
    docs: 'https://www.mediawiki.org/wiki/OAuth/For_Developers',
  },
  traps: [
    'Until it is approved, an app can be used by its owner only.',
    'Do not tick that the consumer is for yourself only: it then has no authorization page.',
  ],
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}

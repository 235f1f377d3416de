import type { Entry } from '../entry.ts'

// TODO refresh.note: word it anew, set endsAfterDays/endsUnusedAfterDays
// TODO disagreements: [{"field": "authorizationEndpoint", "values": [{"value": "{issuer}/oauth/authorize", "sources": 1}, {"value": "{baseURL}/api/v1/oauth/authorize", "sources": 1}, {"value": "https://{subdomain}/oauth/authorize", "sources": 1}]}, {"field": "tokenEndpoint", "values": [{"value": "{issuer}/oauth/token", "sources": 1}, {"value": "{baseURL}/api/v1/oauth/token", "sources": 1}, {"value": "https://{subdomain}/oauth/token", "sources": 1}]}]
export const entry: Entry = {
  id: 'mastodon',
  name: 'Mastodon',
  protocol: 'oauth2',
  domains: [],
  tenant: {
    host: { description: 'TODO', example: 'mastodon.social', kind: 'host' },
  },
  endpoints: {
    authorization: 'https://{host}/oauth/authorize',
    token: 'https://{host}/oauth/token',
    userinfo: 'https://{host}/api/v1/accounts/verify_credentials',
    revocation: 'https://{host}/oauth/revoke',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['read'] },
  identity: { from: 'userinfo', subject: 'id', name: 'username', picture: 'avatar_static' },
  refresh: { issued: 'no', neverExpires: true, note: '(per openiddict grant list)' },
  localhost: 'unknown',
  links: {
    docs: 'https://docs.joinmastodon.org/spec/oauth/',
    console: 'https://mastodon.social/settings/applications',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 4 },
}

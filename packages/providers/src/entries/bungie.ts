import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'bungie',
  name: 'Bungie',
  protocol: 'oauth2',
  domains: ['bungie.net'],
  endpoints: {
    authorization: 'https://www.bungie.net/en/OAuth/Authorize',
    token: 'https://www.bungie.net/platform/app/oauth/token/',
  },
  clientAuthentication: 'basic',
  quirks: ['no-scope-parameter'],
  identity: { from: 'token-response', subject: 'membership_id' },
  refresh: {
    issued: 'conditional',
    accessTokenSeconds: 3600,
    endsAfterDays: 90,
    note: 'Only an app of the type Confidential gets a refresh token.',
  },
  localhost: 'https-only',
  apiHosts: ['www.bungie.net'],
  links: {
    console: 'https://www.bungie.net/en/Application',
    docs: 'https://github.com/Bungie-net/api/wiki/OAuth-Documentation',
  },
  traps: [
    'What an app may do is set in the portal, and a scope in the request is refused.',
    "Every API call needs the app's key in the header X-API-Key.",
    'The redirect URL is the one of the app and must be https.',
  ],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 4,
    decisions: [
      'The subject stands in the token response as membership_id, so that no call with an API key is needed.',
    ],
  },
}

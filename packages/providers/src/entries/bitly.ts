import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'bitly',
  name: 'Bitly',
  protocol: 'oauth2',
  domains: ['bitly.com'],
  endpoints: {
    authorization: 'https://bitly.com/oauth/authorize',
    token: 'https://api-ssl.bitly.com/oauth/access_token',
  },
  quirks: ['form-encoded-response', 'nonstandard-token-fields'],
  identity: {
    from: 'nothing',
    because: 'The API names an account by its login name, which may change, and by nothing else.',
  },
  refresh: { issued: 'no', neverExpires: true },
  localhost: 'unknown',
  apiHosts: ['api-ssl.bitly.com'],
  links: {
    console: 'https://app.bitly.com/settings/api/oauth/',
    docs: 'https://dev.bitly.com/docs/getting-started/authentication/',
  },
  traps: ["The token's answer is form-encoded unless the request asks for JSON."],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 3,
    decisions: ['No sign-in: the sources take the login name for the subject, which is no id.'],
  },
}

import type { Entry } from '../entry.ts'

// TODO subject? profile={}
// TODO environments: {"sandbox": {"authorizationEndpoint": "https://connect.squareupsandbox.com/oauth2/authorize", "tokenEndpoint": "https://connect.squareupsandbox.com/oauth2/token", "apiBase": "https://connect.squareupsandbox.com"}}
// TODO derived quirks expected: pkce-disabled-by-source
export const entry: Entry = {
  id: 'square',
  name: 'Squareup',
  protocol: 'oauth2',
  domains: ['squareup.com'],
  endpoints: {
    authorization: 'https://connect.squareup.com/oauth2/authorize',
    token: 'https://connect.squareup.com/oauth2/token',
    userinfo: 'https://connect.squareup.com/v1/me',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

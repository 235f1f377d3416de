import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'thingiverse',
  name: 'Thingiverse',
  protocol: 'oauth2',
  domains: ['thingiverse.com'],
  endpoints: {
    authorization: 'https://www.thingiverse.com/login/oauth/authorize',
    token: 'https://www.thingiverse.com/login/oauth/access_token',
    userinfo: 'https://api.thingiverse.com/users/me',
  },
  quirks: ['form-encoded-response', 'no-scope-parameter'],
  identity: { from: 'userinfo', subject: 'id', name: 'full_name', login: 'name', picture: 'thumbnail' },
  refresh: { issued: 'no', neverExpires: true },
  localhost: 'unknown',
  apiHosts: ['api.thingiverse.com'],
  links: {
    console: 'https://www.thingiverse.com/developers/my-apps',
    docs: 'https://www.thingiverse.com/developers/getting-started',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

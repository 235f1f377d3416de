import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'vimeo',
  name: 'Vimeo',
  protocol: 'oauth2',
  domains: ['vimeo.com'],
  endpoints: {
    authorization: 'https://api.vimeo.com/oauth/authorize',
    token: 'https://api.vimeo.com/oauth/access_token',
    userinfo: 'https://api.vimeo.com/me',
  },
  scopes: { signIn: ['public', 'private'] },
  identity: { from: 'userinfo', subject: 'uri' },
  refresh: { issued: 'unknown' },
  localhost: 'allowed',
  links: {
    docs: 'https://developer.vimeo.com/api/authentication',
    console: 'https://developer.vimeo.com/apps',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 4 },
}

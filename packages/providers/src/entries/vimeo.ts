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
    revocation: 'https://api.vimeo.com/tokens',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['public'], connect: ['public', 'private'] },
  quirks: ['userinfo-wrong-content-type'],
  wire: { revocation: 'bearer-delete' },
  identity: { from: 'userinfo', subject: 'uri', name: 'name', picture: 'pictures.base_link' },
  refresh: { issued: 'no', neverExpires: true },
  localhost: 'allowed',
  apiHosts: ['api.vimeo.com'],
  links: {
    console: 'https://developer.vimeo.com/apps',
    docs: 'https://developer.vimeo.com/api/authentication',
  },
  traps: ['There is no e-mail address.'],
  verified: { degree: 'sources', on: '2026-11', sources: 4 },
}

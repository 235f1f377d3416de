import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'figma',
  name: 'Figma',
  protocol: 'oauth2',
  domains: ['figma.com'],
  endpoints: {
    authorization: 'https://www.figma.com/oauth',
    token: 'https://api.figma.com/v1/oauth/token',
    userinfo: 'https://api.figma.com/v1/me',
    refresh: 'https://api.figma.com/v1/oauth/refresh',
  },
  clientAuthentication: 'basic',
  scopes: { separator: ',', signIn: ['current_user:read'] },
  quirks: ['host-renamed'],
  identity: { from: 'userinfo', subject: 'id', name: 'handle', email: 'email', picture: 'img_url' },
  refresh: { issued: 'yes', rotates: false, omitted: true, accessTokenSeconds: 7_776_000 },
  localhost: 'allowed',
  apiHosts: ['api.figma.com'],
  links: {
    console: 'https://www.figma.com/developers/apps',
    docs: 'https://developers.figma.com/docs/rest-api/authentication/',
  },
  traps: [
    'Scopes are ticked for the app before a request may name them.',
    'An authorization code has to be redeemed within half a minute.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 5,
    urls: ['https://developers.figma.com/docs/rest-api/authentication/'],
    decisions: [
      'Tokens come from api.figma.com, as the documentation has it; www.figma.com/api is the older place.',
    ],
  },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'deviantart',
  name: 'DeviantArt',
  protocol: 'oauth2',
  domains: ['deviantart.com'],
  endpoints: {
    authorization: 'https://www.deviantart.com/oauth2/authorize',
    token: 'https://www.deviantart.com/oauth2/token',
    userinfo: 'https://www.deviantart.com/api/v1/oauth2/user/whoami',
    revocation: 'https://www.deviantart.com/oauth2/revoke',
  },
  scopes: { signIn: ['user'] },
  identity: { from: 'userinfo', subject: 'userid', name: 'username', login: 'username', picture: 'usericon' },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 3600, endsUnusedAfterDays: 90 },
  localhost: 'allowed',
  apiHosts: ['www.deviantart.com'],
  links: {
    console: 'https://www.deviantart.com/developers/apps',
    docs: 'https://www.deviantart.com/developers/authentication',
  },
  traps: ['API calls need a User-Agent and an Accept-Encoding that allows compression.'],
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

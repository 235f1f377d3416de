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
  identity: { from: 'userinfo', subject: 'userid', name: 'username' },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: { docs: 'https://www.deviantart.com/developers/authentication' },
  verified: { degree: 'sources', on: '2026-11', sources: 3 },
}

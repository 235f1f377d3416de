import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'miro',
  name: 'Miro',
  protocol: 'oauth2',
  domains: ['miro.com'],
  endpoints: {
    authorization: 'https://miro.com/oauth/authorize',
    token: 'https://api.miro.com/v1/oauth/token',
    userinfo: 'https://api.miro.com/v1/users/me',
  },
  scopes: { signIn: ['identity:read'] },
  identity: { from: 'userinfo', subject: 'id', name: 'name', email: 'email.name' },
  refresh: { issued: 'unknown' },
  localhost: 'allowed',
  links: { docs: 'https://miro.com/app/settings/user-profile/apps' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

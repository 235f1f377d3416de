import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'doximity',
  name: 'Doximity',
  protocol: 'oauth2',
  domains: ['doximity.com'],
  endpoints: {
    authorization: 'https://auth.doximity.com/oauth/authorize',
    token: 'https://auth.doximity.com/oauth/token',
    userinfo: 'https://www.doximity.com/api/v1/users/current',
  },
  scopes: { signIn: ['basic', 'email'] },
  identity: { from: 'userinfo', subject: 'id', name: 'full_name', email: 'email', picture: 'profile_photo' },
  refresh: { issued: 'unknown' },
  localhost: 'allowed',
  links: { docs: 'https://www.doximity.com/developers/documentation' },
  traps: ['Keys are given to approved partners.'],
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

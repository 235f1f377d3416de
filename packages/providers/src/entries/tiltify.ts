import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'tiltify',
  name: 'Tiltify',
  protocol: 'oauth2',
  domains: ['tiltify.com'],
  endpoints: {
    authorization: 'https://v5api.tiltify.com/oauth/authorize',
    token: 'https://v5api.tiltify.com/oauth/token',
    userinfo: 'https://v5api.tiltify.com/api/public/current-user',
  },
  scopes: { signIn: ['public'] },
  identity: {
    from: 'userinfo',
    subject: 'data.id',
    name: 'data.username',
    login: 'data.username',
    email: 'data.email',
    picture: 'data.avatar.src',
  },
  refresh: { issued: 'yes', accessTokenSeconds: 7200 },
  localhost: 'unknown',
  apiHosts: ['v5api.tiltify.com'],
  links: { console: 'https://app.tiltify.com/developers', docs: 'https://developers.tiltify.com/' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'mendeley',
  name: 'Mendeley',
  protocol: 'oauth2',
  domains: ['mendeley.com'],
  endpoints: {
    authorization: 'https://api.mendeley.com/oauth/authorize',
    token: 'https://api.mendeley.com/oauth/token',
    userinfo: 'https://api.mendeley.com/profiles/me',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['all'] },
  quirks: ['redirect-uri-needed-on-refresh'],
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: 'display_name',
    email: 'email',
    picture: 'photo.standard',
  },
  refresh: { issued: 'yes', accessTokenSeconds: 3600 },
  localhost: 'allowed',
  apiHosts: ['api.mendeley.com'],
  links: { console: 'https://dev.mendeley.com/myapps.html', docs: 'https://dev.mendeley.com/' },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

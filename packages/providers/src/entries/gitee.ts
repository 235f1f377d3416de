import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'gitee',
  name: 'Gitee',
  protocol: 'oauth2',
  domains: ['gitee.com'],
  endpoints: {
    authorization: 'https://gitee.com/oauth/authorize',
    token: 'https://gitee.com/oauth/token',
    userinfo: 'https://gitee.com/api/v5/user',
  },
  scopes: { signIn: ['user_info'] },
  wire: { userinfoQuery: { access_token: '{access_token}' }, authorizationScheme: 'none' },
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: 'name',
    login: 'login',
    email: 'email',
    picture: 'avatar_url',
  },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 86400 },
  localhost: 'unknown',
  apiHosts: ['gitee.com'],
  links: {
    console: 'https://gitee.com/oauth/applications',
    docs: 'https://gitee.com/api/v5/oauth_doc#/',
  },
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 2,
    decisions: ['The token goes into the query, the only way that its API documents.'],
  },
}

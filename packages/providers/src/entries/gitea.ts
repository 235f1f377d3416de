import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'gitea',
  name: 'Gitea',
  protocol: 'oauth2',
  domains: ['gitea.com'],
  tenant: {
    baseURL: {
      description: 'TODO',
      example: 'acme',
      kind: 'url',
    },
  },
  endpoints: {
    authorization: '{baseURL}/login/oauth/authorize',
    token: '{baseURL}/login/oauth/access_token',
    userinfo: 'https://gitea.com/user',
  },
  clientAuthentication: 'basic',
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: 'name',
    email: 'email',
    picture: 'avatar_url',
  },
  refresh: { issued: 'yes' },
  localhost: 'allowed',
  links: {
    docs: 'https://gitea.com/api/swagger#/user',
    console: 'https://gitea.com/user/settings/applications',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

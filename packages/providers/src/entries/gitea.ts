import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'gitea',
  name: 'Gitea',
  protocol: 'oauth2',
  domains: [],
  tenant: {
    url: {
      description: 'Address of the Gitea installation, with its path if it has one',
      example: 'https://git.example.com',
      kind: 'url',
      default: 'https://gitea.com',
    },
  },
  endpoints: {
    authorization: '{url}/login/oauth/authorize',
    token: '{url}/login/oauth/access_token',
    userinfo: '{url}/login/oauth/userinfo',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'profile', 'email'] },
  identity: {
    from: 'userinfo',
    subject: 'sub',
    name: 'name',
    login: 'preferred_username',
    email: 'email',
    picture: 'picture',
  },
  refresh: {
    issued: 'yes',
    accessTokenSeconds: 3600,
    endsUnusedAfterDays: 30,
    note: 'The used refresh token ends only where INVALIDATE_REFRESH_TOKENS is set; lifetimes are defaults.',
  },
  localhost: 'allowed',
  links: {
    console: 'https://gitea.com/user/settings/applications',
    docs: 'https://docs.gitea.com/development/oauth2-provider',
  },
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 2,
    decisions: [
      "The user's id is read from the OpenID Connect userinfo, since a source's https://gitea.com/user is a web page.",
    ],
  },
}

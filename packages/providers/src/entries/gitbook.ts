import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'gitbook',
  name: 'GitBook',
  protocol: 'oauth2',
  domains: ['gitbook.com'],
  endpoints: {
    authorization: 'https://api.gitbook.com/oauth/authorize',
    token: 'https://api.gitbook.com/oauth/access_token',
    userinfo: 'https://api.gitbook.com/v1/user',
  },
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: 'displayName',
    email: 'email',
    picture: 'photoURL',
  },
  refresh: { issued: 'no' },
  localhost: 'unknown',
  apiHosts: ['api.gitbook.com'],
  links: {
    console: 'https://app.gitbook.com/account/developer',
    docs: 'https://gitbook.com/docs/developers/gitbook-api/authentication',
  },
  ending:
    'GitBook now documents personal tokens only; its OAuth endpoints belong to the earlier API and may go.',
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 2,
    urls: ['https://github.com/GitbookIO/api-guide/blob/master/authentication/oauth.md'],
  },
}

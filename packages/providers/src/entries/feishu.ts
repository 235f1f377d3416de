import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'feishu',
  name: 'Feishu',
  protocol: 'oauth2',
  domains: ['feishu.cn'],
  endpoints: {
    authorization: 'https://accounts.feishu.cn/open-apis/authen/v1/authorize',
    token: 'https://open.feishu.cn/open-apis/authen/v2/oauth/token',
    userinfo: 'https://open.feishu.cn/open-apis/authen/v1/user_info',
  },
  scopes: { connect: ['offline_access'] },
  quirks: ['json-token-body', 'subject-scoped-to-app'],
  wire: { tokenSuccess: { member: 'code', good: 0 } },
  identity: {
    from: 'userinfo',
    subject: 'data.open_id',
    name: 'data.name',
    email: 'data.email',
    picture: 'data.avatar_url',
  },
  refresh: {
    issued: 'conditional',
    rotates: true,
    accessTokenSeconds: 7200,
    note: 'It takes the scope offline_access, which has to be granted to the app first.',
  },
  localhost: 'allowed',
  apiHosts: ['open.feishu.cn'],
  links: {
    console: 'https://open.feishu.cn/app',
    docs: 'https://open.feishu.cn/document/common-capabilities/sso/api/obtain-oauth-code',
  },
  traps: [
    "People must be within the app's range of availability.",
    'The international edition, Lark, is a provider of its own.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 2,
    urls: [
      'https://open.larkoffice.com/document/authentication-management/access-token/get-user-access-token.md',
      'https://open.larkoffice.com/document/authentication-management/access-token/refresh-user-access-token.md',
    ],
    decisions: [
      'Version 2 of the token endpoint replaces both endpoints of the sources, which the documentation calls historic.',
    ],
  },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'lark',
  name: 'Lark',
  protocol: 'oauth2',
  domains: ['larksuite.com'],
  endpoints: {
    authorization: 'https://accounts.larksuite.com/open-apis/authen/v1/authorize',
    token: 'https://open.larksuite.com/open-apis/authen/v2/oauth/token',
    userinfo: 'https://open.larksuite.com/open-apis/authen/v1/user_info',
  },
  scopes: { connect: ['offline_access'] },
  quirks: ['error-with-http-200', 'json-token-body', 'subject-scoped-to-app'],
  wire: { tokenSuccess: { member: 'code', good: 0 } },
  identity: {
    from: 'userinfo',
    subject: 'data.union_id',
    name: 'data.name',
    email: 'data.email',
    picture: 'data.avatar_url',
  },
  refresh: {
    issued: 'conditional',
    rotates: true,
    accessTokenSeconds: 7200,
    endsUnusedAfterDays: 7,
    endsAfterDays: 365,
    note: 'Only with offline_access, which must be granted to the app too.',
  },
  localhost: 'allowed',
  apiHosts: ['open.larksuite.com'],
  links: {
    console: 'https://open.larksuite.com/app',
    docs: 'https://open.larksuite.com/document/common-capabilities/sso/web-application-sso/web-app-overview?lang=en-US',
  },
  traps: [
    "People outside the app's availability, which an administrator sets, are turned away when the code is redeemed.",
    'Scopes must be granted to the app and released with a version before they can be asked for.',
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
      'A source has the earlier endpoints of passport.larksuite.com; the documentation has moved to version 2.',
    ],
  },
}

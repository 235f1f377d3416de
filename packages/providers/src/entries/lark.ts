import type { Entry } from '../entry.ts'

// TODO subject? profile={}
export const entry: Entry = {
  id: 'lark',
  name: 'Lark (Feishu)',
  protocol: 'oauth2',
  domains: ['larksuite.com'],
  endpoints: {
    authorization: 'https://passport.larksuite.com/suite/passport/oauth/authorize',
    token: 'https://passport.larksuite.com/suite/passport/oauth/token',
    userinfo: 'https://passport.larksuite.com/suite/passport/oauth/userinfo',
  },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  links: {
    docs: 'https://open.larksuite.com/document/common-capabilities/sso/web-application-sso/web-app-overview?lang=en-US',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

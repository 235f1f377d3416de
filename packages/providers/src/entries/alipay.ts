import type { Entry } from '../entry.ts'

// TODO subject? profile={}
// TODO derived quirks expected: client-id-renamed comma-scopes
export const entry: Entry = {
  id: 'alipay',
  name: 'Alipay',
  protocol: 'oauth2',
  domains: ['alipay.com'],
  endpoints: {
    authorization: 'https://openauth.alipay.com/oauth2/publicAppAuthorize.htm',
    token: 'https://openapi.alipay.com/gateway.do',
    userinfo: 'https://openapi.alipay.com/gateway.do',
  },
  scopes: { separator: ',', signIn: ['auth_user'] },
  identity: { from: 'nothing', because: 'TODO' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {},
  verified: { degree: 'sources', on: '2026-11', sources: 1 },
}

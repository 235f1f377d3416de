import type { Entry } from '../entry.ts'

// TODO derived quirks expected: nonstandard-discovery-path offline-needs-extra-params
export const entry: Entry = {
  id: 'huawei',
  name: 'Huawei',
  protocol: 'oidc',
  domains: ['huawei.com'],
  issuer: 'https://accounts.huawei.com',
  endpoints: {
    authorization: 'https://oauth-login.cloud.huawei.com/oauth2/v3/authorize',
    token: 'https://oauth-login.cloud.huawei.com/oauth2/v3/token',
    userinfo: 'https://account.cloud.huawei.com/rest.php',
    discovery: 'https://oauth-login.cloud.huawei.com/.well-known/openid-configuration',
  },
  scopes: { signIn: ['openid'] },
  quirks: ['error-with-http-200', 'nonstandard-token-fields', 'state-unsupported'],
  identity: { from: 'id-token' },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: {
    docs: 'https://developer.huawei.com/consumer/en/doc/HMSCore-Guides/open-platform-oauth-0000001053629189',
  },
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}

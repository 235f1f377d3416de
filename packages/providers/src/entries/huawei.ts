import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'huawei',
  name: 'HUAWEI ID',
  protocol: 'oidc',
  domains: ['huawei.com'],
  issuer: 'https://accounts.huawei.com',
  endpoints: {
    authorization: 'https://oauth-login.cloud.huawei.com/oauth2/v3/authorize',
    token: 'https://oauth-login.cloud.huawei.com/oauth2/v3/token',
    discovery: 'https://oauth-login.cloud.huawei.com/.well-known/openid-configuration',
  },
  scopes: { signIn: ['openid', 'email'] },
  connectAuthorizeParams: { access_type: 'offline' },
  quirks: ['nonstandard-token-fields', 'subject-scoped-to-app'],
  identity: { from: 'id-token' },
  refresh: { issued: 'conditional', accessTokenSeconds: 3600, note: 'Only with access_type=offline.' },
  localhost: 'unknown',
  links: {
    console: 'https://developer.huawei.com/consumer/en/console',
    docs: 'https://developer.huawei.com/consumer/en/doc/HMSCore-Guides/open-platform-oauth-0000001053629189',
  },
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 2,
    decisions: [
      'The userinfo of a source is a general gateway that wants a form of its own; the ID token says enough.',
      'One source works without state, but Huawei takes and returns it.',
    ],
  },
}

import type { Entry } from '../entry.ts'

// TODO refresh.note: word it anew, set endsAfterDays/endsUnusedAfterDays
// TODO localhost: https only, except http://localhost
// TODO regionalTokenEndpoints: ["https://api.amazon.com/auth/o2/token", "https://api.amazon.co.uk/auth/o2/token", "https://api.amazon.co.jp/auth/o2/token"]
// TODO derived quirks expected: region-hosts
export const entry: Entry = {
  id: 'amazon',
  name: 'Login with Amazon',
  protocol: 'oauth2',
  domains: ['amazon.com'],
  endpoints: {
    authorization: 'https://www.amazon.com/ap/oa',
    token: 'https://api.amazon.com/auth/o2/token',
    userinfo: 'https://api.amazon.com/user/profile',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['profile'] },
  quirks: ['docs-contradict-on-rotation'],
  identity: { from: 'userinfo', subject: 'user_id', name: 'name', email: 'email' },
  refresh: {
    issued: 'yes',
    accessTokenSeconds: 3600,
    note: 'valid until revoked; vendor pages disagree; store whatever comes back',
  },
  localhost: 'https-only',
  links: {
    docs: 'https://developer.amazon.com/docs/login-with-amazon/authorization-code-grant.html',
    console: 'https://developer.amazon.com/loginwithamazon/console/site/lwa/overview.html',
  },
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 4,
    urls: [
      'https://developer.amazon.com/docs/login-with-amazon/access-token.html',
      'https://developer.amazon.com/docs/login-with-amazon/refresh-token.html',
    ],
  },
}

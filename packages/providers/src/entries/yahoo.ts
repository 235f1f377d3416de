import type { Entry } from '../entry.ts'

// TODO refresh.note: word it anew, set endsAfterDays/endsUnusedAfterDays
// TODO localhost: https only; https://localhost reported to work
// TODO derived quirks expected: https-callback-only
export const entry: Entry = {
  id: 'yahoo',
  name: 'Yahoo',
  protocol: 'oidc',
  domains: ['yahoo.com'],
  issuer: 'https://api.login.yahoo.com',
  endpoints: {
    authorization: 'https://api.login.yahoo.com/oauth2/request_auth',
    token: 'https://api.login.yahoo.com/oauth2/get_token',
    userinfo: 'https://api.login.yahoo.com/openid/v1/userinfo',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'profile', 'email'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'yes', rotates: false, accessTokenSeconds: 3600, note: 'no end' },
  localhost: 'forbidden',
  links: {
    docs: 'https://developer.yahoo.com/oauth2/guide/flows_authcode/',
    console: 'https://developer.yahoo.com/apps/',
  },
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 5,
    urls: ['third-party documentation excerpts only; vendor page not in the corpus'],
  },
}

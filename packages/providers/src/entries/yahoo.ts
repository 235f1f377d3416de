import type { Entry } from '../entry.ts'

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
  refresh: { issued: 'yes', rotates: false, accessTokenSeconds: 3600 },
  localhost: 'https-only',
  links: {
    console: 'https://developer.yahoo.com/apps/',
    docs: 'https://developer.yahoo.com/oauth2/guide/flows_authcode/',
  },
  traps: [
    'Redirect URIs must be https, also for localhost.',
    'Profile and e-mail address have to be ticked as permissions of the app.',
  ],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 5,
    decisions: ["Known from others' documentation only: Yahoo's own could not be read."],
  },
}

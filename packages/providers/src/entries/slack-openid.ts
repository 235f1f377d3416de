import type { Entry } from '../entry.ts'

// TODO localhost: docs example uses it
// TODO checked.note endpoints as in Better Auth, Arctic and allauth; allauth has a doubled slash
// TODO disagreements: [{"field": "userinfoEndpoint", "values": [{"value": "https://slack.com/api/openid.connect.userInfo", "sources": 2}, {"value": "https://openidconnect.googleapis.com/v1/userinfo", "sources": 1}]}]
export const entry: Entry = {
  id: 'slack-openid',
  name: 'Sign in with Slack',
  protocol: 'oidc',
  domains: ['slack.com'],
  issuer: 'https://slack.com',
  endpoints: {
    authorization: 'https://slack.com/openid/connect/authorize',
    token: 'https://slack.com/api/openid.connect.token',
    userinfo: 'https://slack.com/api/openid.connect.userInfo',
  },
  scopes: { signIn: ['openid', 'profile', 'email'] },
  quirks: ['error-with-http-200'],
  identity: { from: 'id-token' },
  refresh: { issued: 'unknown' },
  localhost: 'allowed',
  links: {
    docs: 'https://api.slack.com/authentication/sign-in-with-slack',
    console: 'https://api.slack.com/apps',
  },
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 5,
    urls: ['https://docs.slack.dev/authentication/sign-in-with-slack'],
  },
}

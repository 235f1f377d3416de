import type { Entry } from '../entry.ts'

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
  wire: { tokenSuccess: { member: 'ok', good: true } },
  identity: { from: 'id-token' },
  refresh: { issued: 'no', note: 'With token rotation switched on for the app, there is one.' },
  localhost: 'https-only',
  links: {
    console: 'https://api.slack.com/apps',
    docs: 'https://docs.slack.dev/authentication/sign-in-with-slack',
  },
  traps: [
    'Redirect URIs must be https, also for localhost.',
    'An app that is not distributed publicly signs in members of its own workspace only.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 5,
    urls: ['https://docs.slack.dev/authentication/sign-in-with-slack'],
    decisions: [
      "Slack's own userinfo: one source has Google's there.",
      'The path of the authorization endpoint has no doubled slash, which one source has.',
    ],
  },
}

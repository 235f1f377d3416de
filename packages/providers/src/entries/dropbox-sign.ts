import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'dropbox-sign',
  name: 'Dropbox Sign',
  protocol: 'oauth2',
  domains: ['hellosign.com'],
  endpoints: {
    authorization: 'https://app.hellosign.com/oauth/authorize',
    token: 'https://app.hellosign.com/oauth/token',
    refresh: 'https://app.hellosign.com/oauth/token?refresh',
    userinfo: 'https://api.hellosign.com/v3/account',
  },
  quirks: ['json-token-body', 'no-scope-parameter'],
  wire: { sendFromCallback: ['state'] },
  identity: { from: 'userinfo', subject: 'account.account_id', email: 'account.email_address' },
  refresh: { issued: 'yes', accessTokenSeconds: 3600 },
  localhost: 'unknown',
  apiHosts: ['api.hellosign.com'],
  links: {
    console: 'https://app.hellosign.com/oauth/createAppForm',
    docs: 'https://developers.hellosign.com/docs/guides/o-auth/walkthrough',
  },
  traps: [
    'Scopes and who pays for requests are chosen when the app is made.',
    'The app serves people other than its maker only after it has been approved.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 1,
    urls: [
      'https://developers.hellosign.com/docs/guides/o-auth/overview.md',
      'https://developers.hellosign.com/openapi/oauth.json',
    ],
    decisions: ["The state goes to the token endpoint, too, which the API's own description requires."],
  },
}

import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'facebook',
  name: 'Facebook',
  protocol: 'oauth2',
  domains: ['facebook.com'],
  endpoints: {
    authorization: 'https://www.facebook.com/v25.0/dialog/oauth',
    token: 'https://graph.facebook.com/v25.0/oauth/access_token',
    exchange: 'https://graph.facebook.com/v25.0/oauth/access_token',
    userinfo: 'https://graph.facebook.com/v25.0/me',
  },
  scopes: { separator: ',', signIn: ['email', 'public_profile'] },
  quirks: ['api-version-in-url', 'subject-scoped-to-app', 'user-can-drop-scopes'],
  wire: {
    exchange: {
      grantType: 'fb_exchange_token',
      tokenParameter: 'fb_exchange_token',
      sends: ['client_id', 'client_secret'],
    },
    userinfoQuery: { fields: 'id,name,email,picture' },
  },
  identity: { from: 'userinfo', subject: 'id', name: 'name', email: 'email', picture: 'picture.data.url' },
  refresh: {
    issued: 'no',
    accessTokenSeconds: 5_184_000,
    note: 'The token of an hour or two is exchanged for one of about 60 days, after which the person has to consent again.',
  },
  localhost: 'allowed',
  apiHosts: ['graph.facebook.com'],
  links: {
    console: 'https://developers.facebook.com/apps/',
    docs: 'https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow',
  },
  traps: [
    'Redirect URIs on localhost work only while the app is in development mode.',
    "People outside the app's team need advanced access to email and public_profile.",
    'The address can be missing, when the account has a phone number only or the person unticks it.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 6,
    urls: [
      'https://developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived',
      'https://developers.facebook.com/documentation/facebook-login/guides/advanced/oidc-token',
    ],
    decisions: [
      'One Graph version for all endpoints, the newest that the documentation shows.',
      "Scopes are joined with commas, as Facebook's own pages do.",
    ],
  },
}

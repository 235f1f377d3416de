import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'line',
  name: 'LINE',
  protocol: 'oauth2',
  domains: ['line.me'],
  endpoints: {
    authorization: 'https://access.line.me/oauth2/v2.1/authorize',
    token: 'https://api.line.me/oauth2/v2.1/token',
    userinfo: 'https://api.line.me/oauth2/v2.1/userinfo',
    revocation: 'https://api.line.me/oauth2/v2.1/revoke',
  },
  scopes: { signIn: ['openid', 'profile'] },
  quirks: ['subject-scoped-to-app'],
  wire: {
    revocationRequest: {
      method: 'POST',
      sends: {
        access_token: '{access_token}',
        client_id: '{client_id}',
        client_secret: '{client_secret}',
      },
      as: 'form',
    },
  },
  identity: { from: 'userinfo', subject: 'sub', name: 'name', picture: 'picture' },
  refresh: {
    issued: 'yes',
    rotates: false,
    accessTokenSeconds: 2592000,
    note: 'It lasts for 90 days after the access token was issued.',
  },
  localhost: 'allowed',
  apiHosts: ['api.line.me'],
  links: {
    console: 'https://developers.line.biz/console/',
    docs: 'https://developers.line.biz/en/docs/line-login/integrate-line-login/',
  },
  traps: [
    'While a channel is in development only people with a role in it can sign in.',
    'Ids differ between LINE providers, so keep the channels of one app under the same provider.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 6,
    urls: [
      'https://developers.line.biz/en/docs/line-login/verify-id-token/',
      'https://developers.line.biz/en/docs/line-login/managing-access-tokens/',
      'https://developers.line.biz/en/reference/line-login/',
    ],
    decisions: [
      'ID tokens of web sign-ins are signed with the channel secret, not with a published key, so userinfo says who it is.',
      'Sources read userId of /v2/profile or sub of userinfo; both are the same id.',
    ],
  },
}

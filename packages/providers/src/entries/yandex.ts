import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'yandex',
  name: 'Yandex',
  protocol: 'oauth2',
  domains: ['yandex.com', 'yandex.ru'],
  endpoints: {
    authorization: 'https://oauth.yandex.com/authorize',
    token: 'https://oauth.yandex.com/token',
    userinfo: 'https://login.yandex.ru/info?format=json',
    revocation: 'https://oauth.yandex.com/revoke_token',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['login:info', 'login:email'] },
  quirks: ['oauth-auth-scheme', 'refresh-returns-same-access-token'],
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
  identity: { from: 'userinfo', subject: 'id', name: 'real_name', login: 'login', email: 'default_email' },
  refresh: {
    issued: 'yes',
    rotates: true,
    note: 'The refresh token lasts as long as the access token, often a year; a refresh may answer with the same access token.',
  },
  localhost: 'allowed',
  apiHosts: ['login.yandex.ru'],
  links: { console: 'https://oauth.yandex.com/', docs: 'https://yandex.com/dev/id/doc/en/' },
  traps: ['The scopes that are asked for have to be chosen where the app is registered.'],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 5,
    urls: [
      'https://yandex.ru/dev/id/doc/en/tokens/refresh-client',
      'https://yandex.ru/dev/id/doc/en/concepts/ya-oauth-intro',
      'https://yandex.ru/dev/id/doc/en/tokens/token-invalidate',
    ],
    decisions: [
      'oauth.yandex.com, which is oauth.yandex.ru for people outside Russia.',
      'It revokes only tokens that were asked for with a device_id, and says so of others, which are then forgotten unrevoked.',
      'No picture: default_avatar_id is not an address.',
      "login.yandex.ru for the profile: the other source's host belongs to the Tracker.",
    ],
  },
}

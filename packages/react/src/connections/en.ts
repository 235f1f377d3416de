import type { ConnectionMessages } from './messages.ts'

/** English, complete. */
export const en: ConnectionMessages = {
  connections: 'Connected accounts',
  nothing:
    'There is nothing to connect yet. Let a provider of the server’s configuration be connected: "connect": true.',
  notConnected: 'Not connected',
  connect: (provider) => ['Connect ', provider],
  connectAnother: (provider) => ['Connect another account of ', provider],

  isItYours: (provider, account) => [
    provider,
    ' is connected as ',
    account,
    '. Is that the account you meant?',
  ],
  keep: 'Yes, keep it',
  takeBack: 'No, disconnect it',

  connected: 'Connected',
  connectedSince: (time) => ['Connected ', time],
  limited: (scopes) => ['You allowed less than was asked for. Missing: ', scopes],
  allowMore: 'Allow more',
  expiring: (time) => ['The provider ends this ', time, '. Connect it again to go on.'],
  reasons: {
    revoked: 'The provider takes it no longer, perhaps because you took it back there. Connect it again.',
    lost_response:
      'The provider’s last answer was lost on the way, and it does not repeat it. Connect it again.',
    token_refused: 'The provider refuses what it gave for it. Connect it again.',
    expired: 'The time that the provider gave it is up. Connect it again.',
    other: 'It cannot be used any more. Connect it again.',
  },
  reconnect: 'Connect again',

  disconnect: 'Disconnect',
  confirm: (account) => ['Disconnect ', account, '? What uses it stops working.'],
  confirmed: 'Yes, disconnect',
  cancel: 'Keep it',
  disconnected: (account, revoked) => [
    account,
    revoked === true
      ? ' is disconnected. The provider has taken the access back.'
      : revoked === 'unsupported'
        ? ' is disconnected. The provider cannot be told: take the access back in your settings there too.'
        : ' is disconnected. The provider did not confirm it and is told again for a day: to be sure, take the access back in your settings there.',
  ],

  errors: {
    access_denied:
      'It was not connected, because it was not allowed at the provider. Connect it and allow it.',
    provider_error: 'It was not connected, because the provider gave no proper answer. Connect it once more.',
    user_changed:
      'It was not connected, because somebody else is signed in by now. Sign in as before and connect it again.',
    state_missing: 'It was not connected, because that took more than ten minutes. Connect it once more.',
    redirect: 'The browser blocked the window for connecting. Use this one.',
    link: 'It was not connected. Connect it once more.',
  },
}

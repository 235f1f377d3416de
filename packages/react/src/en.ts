import type { Messages } from './messages.ts'

/** English, complete. */
export const en: Messages = {
  signIn: 'Sign in',
  signInWith: (provider) => ['Sign in with ', provider],
  loading: 'Asking the sign-in service',
  leaving: (provider) => ['Going to ', provider],
  noProviders: 'There is no way to sign in yet. Add a provider to the configuration of the server.',
  tryAgain: 'Try again',
  useRedirect: 'Go on in this window',
  quote: (code, requestId) => `Error ${code}${requestId ? `, request ${requestId}` : ''}`,

  sessions: 'Where you are signed in',
  unknownDevice: 'Unknown device',
  thisSession: 'This one',
  lastUsed: (time) => ['Last used ', time],
  signOut: 'Sign out',
  signedOut: (device) => [device, ' is signed out'],

  identities: 'How you sign in',
  linkAnother: 'Another way to sign in',
  linkWith: (provider) => ['Link ', provider],
  linkedSince: (time) => ['Linked ', time],
  unlink: 'Unlink',
  unlinked: (identity) => [identity, ' is unlinked'],
  onlyIdentity: 'This is your only way to sign in. Link another before you unlink it.',
  time: (date) => date.toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' }),

  retry: 'The sign-in service does not answer. Nothing is lost. Try again in a moment.',
  'sign-in': 'You are not signed in. Sign in again.',
  redirect: 'The browser blocked the window for signing in. Use this one.',
  reload: 'It is no longer there. Load the page again.',
  link: 'It was not unlinked, because it is your only way to sign in. Link another first.',
  connect: 'It was not connected, because it is another account. Connect again and choose the right one.',
  'close-window': 'Signing in goes on in the other window. Close this one.',
  'check-clock': 'The clock of this device is wrong. Set it, then try again.',
  'open-in-browser': 'Signing in does not work in this window. Open the page in a browser.',
  'contact-support': 'That did not work, and trying again will not help. Ask this app’s support.',
  'fix-setup': 'This app is not set up for that. Tell the people who run it.',

  access_denied:
    'You were not signed in, because it was not allowed at the provider. Sign in again and allow it.',
  account_exists:
    'You were not signed in, because your e-mail address belongs to another way of signing in. Sign in the way you did before.',
  user_changed:
    'It was not linked, because somebody else is signed in by now. Sign in as before and link it again.',
  identity_in_use:
    'It was not linked, because it signs in somebody else. Sign in with it and unlink it there.',
  invalid_grant: 'Your session has ended. Sign in again.',
  signup_closed: 'You were not signed in, because this app takes no new users. Ask the people who run it.',
}

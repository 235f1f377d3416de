/** What a person reads for an error code: what happened, what to do next, and what whoever runs the app should look at. */
export interface ErrorText {
  title: string
  next: string
  owner?: string
}

const tryAgain = 'Go back to the app and try again from there.'
const startAgain = 'Go back to the app and sign in from there again.'

const texts = new Map<string, ErrorText>([
  [
    'untrusted_origin',
    {
      title: 'This sign-in did not start from the app',
      next: 'If a link brought you here, close this page. To sign in, open the app yourself and choose “Sign in” there.',
      owner:
        'list the page’s origin under the client’s “origins”. Do not serve it with “Referrer-Policy: no-referrer”, which hides the origin; “strict-origin” works. A client that starts by a link needs “allow_get_authorize”.',
    },
  ],
  [
    'invalid_client',
    {
      title: 'This app is not known here',
      next: 'Go back to the app and tell whoever runs it.',
      owner: 'the “client_id” sent must be the “id” of one of the configured clients.',
    },
  ],
  [
    'invalid_redirect_uri',
    {
      title: 'The way back to the app is not registered',
      next: 'Go back to the app and tell whoever runs it.',
      owner:
        'the “redirect_uri” sent must equal one of the client’s “redirect_uris”, character for character.',
    },
  ],
  [
    'invalid_request',
    {
      title: 'The app’s request cannot be used',
      next: `${tryAgain} If it happens again, tell whoever runs it.`,
    },
  ],
  [
    'invalid_callback',
    {
      title: 'The provider’s answer cannot be used',
      next: startAgain,
      owner: 'the answer came without a usable “state”. Look at what the provider sends to the callback.',
    },
  ],
  [
    'wrong_browser',
    {
      title: 'This sign-in does not belong to this browser',
      next: `Nobody was signed in. ${startAgain} If you only went back in the history, go forward again. If somebody sent you this link, close this page.`,
      owner:
        'it was started in another browser, is older than ten minutes, is finished already, or cookies are switched off for this address.',
    },
  ],
  [
    'journey_used',
    {
      title: 'This sign-in is finished already',
      next: `Go back to the app; you may be signed in. If not, sign in again.`,
    },
  ],
  ['not_found', { title: 'There is no such page', next: 'Check the address, or go back to the app.' }],
  [
    'method_not_allowed',
    {
      title: 'This address does not take that kind of request',
      next: tryAgain,
    },
  ],
  [
    'rate_limited',
    {
      title: 'Too many requests came from your network',
      next: 'Wait a minute, then sign in again from the app.',
    },
  ],
  [
    'temporarily_unavailable',
    {
      title: 'This is not possible right now',
      next: 'Wait a minute, then try again from the app. Nothing was lost.',
    },
  ],
  [
    'server_error',
    {
      title: 'Something failed on our side',
      next: `${tryAgain} If it happens again, tell whoever runs the app and name the request below.`,
    },
  ],
])

const connectAgain = 'Go back to the app and connect the account from there again.'

/** What differs for somebody who is connecting an account. */
const connectingTexts = new Map<string, Partial<ErrorText>>([
  [
    'untrusted_origin',
    {
      title: 'This did not start from the app',
      next: 'If a link brought you here, close this page. To connect an account, open the app yourself and do it there.',
    },
  ],
  ['invalid_callback', { next: connectAgain }],
  [
    'wrong_browser',
    {
      title: 'This connection does not belong to this browser',
      next: `Nothing was connected. ${connectAgain} If you only went back in the history, go forward again. If somebody sent you this link, close this page.`,
    },
  ],
  [
    'journey_used',
    {
      title: 'This was finished already',
      next: 'Go back to the app; the account may be connected. If not, connect it again.',
    },
  ],
])

const general: ErrorText = {
  title: 'This cannot go on',
  next: `${startAgain} If it happens again, tell whoever runs the app and name the request below.`,
}

/** The text of a code; a general one for a code that has none of its own. */
export function errorText(code: string, connecting = false): ErrorText {
  const text = texts.get(code) ?? general
  return connecting ? { ...text, ...connectingTexts.get(code) } : text
}

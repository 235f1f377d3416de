/** What a person reads about an error: what happened, why, what to do next. */
export interface ProblemText {
  title: string
  why: string
  next: string
}

const texts = new Map<string, ProblemText>([
  [
    'access_denied',
    {
      title: 'You were not signed in',
      why: 'Consent was not given at the provider.',
      next: 'Sign in again and approve, or pick another persona.',
    },
  ],
  [
    'temporarily_unavailable',
    {
      title: 'The provider does not answer',
      why: 'Latchkey could not reach it, or it said that it is busy. Nothing was lost.',
      next: 'Try again in a moment, or choose another provider.',
    },
  ],
  [
    'provider_error',
    {
      title: 'The provider’s answer was not accepted',
      why: 'It failed one of the checks. Latchkey’s log names which, under the request’s id.',
      next: 'Sign in again. If it happens twice, the provider’s set-up needs a look.',
    },
  ],
  [
    'account_exists',
    {
      title: 'There is already an account with this e-mail address',
      why: 'It belongs to another way of signing in. Accounts are never joined by an e-mail address alone.',
      next: 'Sign in with the provider you used before.',
    },
  ],
  [
    'state_missing',
    {
      title: 'This sign-in was not started here',
      why: 'The page has no record of it: another browser began it, or it is finished already.',
      next: 'Sign in again from this page.',
    },
  ],
  [
    'invalid_grant',
    {
      title: 'The sign-in has run out',
      why: 'The one-time code was used already, or it waited longer than a minute.',
      next: 'Sign in again.',
    },
  ],
  [
    'network_error',
    {
      title: 'Latchkey cannot be reached',
      why: 'The request did not get through. You stay signed in if you were.',
      next: 'See whether `npm start` still runs, then try again.',
    },
  ],
  [
    'clock_skew',
    {
      title: 'This device’s clock is wrong',
      why: 'It is more than five minutes off, so proofs made here are refused.',
      next: 'Set the clock, then sign in again.',
    },
  ],
  [
    'issuer_mismatch',
    {
      title: 'The answer came from somebody else',
      why: 'It does not name this Latchkey as its issuer, so nothing was sent.',
      next: 'Sign in again from this page.',
    },
  ],
  [
    'popup_blocked',
    {
      title: 'The browser blocked the window',
      why: 'It opens none for this page. Nothing was lost.',
      next: 'Go on in this one: it comes back to where you are.',
    },
  ],
  [
    'storage_unavailable',
    {
      title: 'This browser keeps nothing for this page',
      why: 'The journey could not be remembered, so it could not be finished.',
      next: 'Open the page in another browser, outside of an app’s built-in one.',
    },
  ],
])

/** The text of an error code; a general one for a code that has none of its own. */
export function problemText(code: string): ProblemText {
  return (
    texts.get(code) ?? {
      title: 'Signing in did not work',
      why: `The answer was “${code}”.`,
      next: 'Sign in again. If it happens twice, look at Latchkey’s log.',
    }
  )
}

import type { Entry } from './entry.ts'

/** Why nobody can sign in there, a sentence; undefined where people can. Accounts can be connected all the same. */
export function whyNoSignIn({ identity, oauth1 }: Pick<Entry, 'identity' | 'oauth1'>): string | undefined {
  if (identity.from === 'nothing' || ('shared' in identity && identity.shared)) {
    return identity.because
  }
  return oauth1?.unsafeVersion10 === true
    ? 'It speaks OAuth 1.0, in which somebody could be signed in as whoever they get to approve.'
    : undefined
}

export const signsIn = (entry: Pick<Entry, 'identity' | 'oauth1'>): boolean =>
  whyNoSignIn(entry) === undefined

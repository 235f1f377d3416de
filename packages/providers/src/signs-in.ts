import type { Entry } from './entry.ts'

/** Whether people can sign in there. Without, accounts can be connected. */
export const signsIn = ({ identity, oauth1 }: Pick<Entry, 'identity' | 'oauth1'>): boolean =>
  // Whoever approves need not be who began (OAuth Core 1.0).
  identity.from !== 'nothing' && oauth1?.unsafeVersion10 !== true

import type { Sealer } from '../sealing/index.ts'

/** Whose ID token it is: one that was moved to somebody else's session does not open. */
interface Owner {
  provider: string
  userId: string
}

/** Longer ones would not fit the URL that they are kept for, at the servers that there are. */
const longest = 6_000

/**
 * The provider's ID token, kept with the session as the hint with which the provider signs the person out without asking;
 * only for providers that sign-outs go on to.
 */
export interface UpstreamIdTokens {
  /** Undefined for one that is too long to be of use. */
  seal(idToken: string, owner: Owner): string | undefined
  /** Undefined also when the secret that sealed it is not configured any more: then the provider asks the person. */
  open(sealed: string, owner: Owner): string | undefined
}

export function createUpstreamIdTokens(sealer: Sealer): UpstreamIdTokens {
  const placeOf = ({ provider, userId }: Owner) => `${provider}/${userId}`
  return {
    seal: (idToken, owner) =>
      idToken.length > longest ? undefined : sealer.seal(Buffer.from(idToken), placeOf(owner)),
    open: (sealed, owner) => sealer.open(sealed, placeOf(owner))?.toString('utf8'),
  }
}

import type { Connections } from '../connections.ts'

/**
 * One complete sign-in by one fresh browser, from the click to the moment when the SPA holds what it can call its
 * services with. Throws when anything is not as it should be.
 */
export type Journey = (connections: Connections) => Promise<SignedIn>

/** What the last answer gave, for the proof that it is real. */
export interface SignedIn {
  /** A JWT, or the session cookie's pair. */
  credential: string
  /** Thumbprint of the key it must be bound to. */
  jkt?: string
}

/** A server of the comparison, once it runs. */
export interface Contender {
  journey: Journey
  /** Throws unless the credential of a sign-in is worth something: asked once, before measuring. */
  check(signedIn: SignedIn, connections: Connections): Promise<void>
}

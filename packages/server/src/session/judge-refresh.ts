import type { Session } from '../storage/index.ts'

export interface RefreshFacts {
  session: Session | undefined
  /** The counter in the token that was presented; its MAC is ours. */
  presented: number
  clientId: string
  /** Thumbprint of the key that proved itself. */
  jkt: string | undefined
  now: number
  graceMs: number
}

export type RefreshVerdict =
  /** Nothing changes, the session least of all. */
  | { kind: 'refuse'; reason: string }
  /** The live generation, or one ahead of the row (a backup was restored): move on to its successor. */
  | { kind: 'rotate' }
  /** The previous generation within the grace: the same successor again, nothing moves. */
  | { kind: 'repeat' }
  /** An old generation in the hands of the right key: end the session. */
  | { kind: 'reuse' }

/**
 * What presenting a refresh token means. The order is the point: client, key and life come before the generation, so
 * that a stolen old token without the key is no button to sign its owner out (RFC 9700 section 4.14.2).
 */
export function judgeRefresh(facts: RefreshFacts): RefreshVerdict {
  const { session, presented, now } = facts
  if (session === undefined) return { kind: 'refuse', reason: 'unknown session' }
  if (session.clientId !== facts.clientId) return { kind: 'refuse', reason: 'another client' }
  if (session.dpopJkt !== undefined && session.dpopJkt !== facts.jkt)
    return { kind: 'refuse', reason: 'another DPoP key' }
  if (session.revokedAt !== undefined) return { kind: 'refuse', reason: 'revoked' }
  if (now >= session.idleExpiresAt || now >= session.absoluteExpiresAt)
    return { kind: 'refuse', reason: 'expired' }
  if (presented >= session.counter) return { kind: 'rotate' }
  if (presented === session.counter - 1 && now < session.rotatedAt + facts.graceMs) return { kind: 'repeat' }
  return { kind: 'reuse' }
}

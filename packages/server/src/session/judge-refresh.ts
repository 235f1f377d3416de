import type { Session } from '../storage/index.ts'

export interface RefreshFacts {
  session: Session
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
  /**
   * The live generation, one ahead of the row (a backup was restored), or the previous one within the grace (its answer
   * was lost, or a racer was first). All are given the one successor that a generation has.
   */
  | { kind: 'good' }
  /** An old generation in the hands of the right key: end the session. */
  | { kind: 'reuse' }

/**
 * What presenting a refresh token means. The order is the point: client, key and life come before the generation, so
 * that a stolen old token without the key is no button to sign its owner out (RFC 9700 section 4.14.2).
 */
export function judgeRefresh(facts: RefreshFacts): RefreshVerdict {
  const { session, presented, now } = facts
  if (session.clientId !== facts.clientId) return { kind: 'refuse', reason: 'another client' }
  if (session.dpopJkt !== undefined && session.dpopJkt !== facts.jkt)
    return { kind: 'refuse', reason: 'another DPoP key' }
  const over = whyOver(session, now)
  if (over !== undefined) return { kind: 'refuse', reason: over }
  if (presented >= session.counter) return { kind: 'good' }
  if (presented === session.counter - 1 && now < session.rotatedAt + facts.graceMs) return { kind: 'good' }
  return { kind: 'reuse' }
}

/** Why nothing may be issued for a session any more; undefined while it lives. */
export function whyOver(session: Session, now: number): string | undefined {
  if (session.revokedAt !== undefined) return 'revoked'
  if (now >= session.idleExpiresAt || now >= session.absoluteExpiresAt) return 'expired'
  return undefined
}

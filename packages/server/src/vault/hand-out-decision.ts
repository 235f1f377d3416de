import type { Connection } from '../storage/index.ts'
import { freshnessOf } from './freshness.ts'

/** What whoever asks for a connection's token gets. */
export type HandOutDecision =
  | { kind: 'give'; renewBehind: boolean }
  /** Ask the provider first. */
  | { kind: 'renew' }
  /** Only its user can mend it. `mark`: nobody has noted it yet. */
  | { kind: 'needs_reconnect'; reason: string; mark: boolean }
  /** The provider is not to be asked before `retryAt`. */
  | { kind: 'wait'; failure: string; retryAt: number }

type Row = Pick<Connection, 'id' | 'obtainedAt' | 'expiresAt' | 'renewable' | 'needsReconnect' | 'renewal'>

/** A token that lives is given whatever becomes of its renewal; nothing is renewed while the provider is left alone. */
export function decideHandOut(row: Row, now: number, { tried = false } = {}): HandOutDecision {
  const { needsReconnect, renewable, renewal } = row
  if (needsReconnect !== undefined) {
    return { kind: 'needs_reconnect', reason: needsReconnect.reason, mark: false }
  }
  const freshness = freshnessOf(row, now)
  if (!renewable) {
    // There is nothing to wait for: it is good to its end.
    if (freshness === 'over') return { kind: 'needs_reconnect', reason: 'expired', mark: true }
    return { kind: 'give', renewBehind: false }
  }
  const { retryAt = now, failure = 'outage' } = renewal
  const resting = now < retryAt
  if (freshness === 'fresh') return { kind: 'give', renewBehind: false }
  if (freshness === 'ageing') return { kind: 'give', renewBehind: !resting }
  if (freshness === 'short' && (resting || tried)) return { kind: 'give', renewBehind: false }
  return resting ? { kind: 'wait', failure, retryAt } : { kind: 'renew' }
}

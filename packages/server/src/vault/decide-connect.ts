import type { Connection } from '../storage/index.ts'

export type ConnectDecision =
  | { kind: 'connect' }
  /** The same account again: the row stays, what it holds is replaced. */
  | { kind: 'reconnect'; id: string; from: number }
  /** `account_mismatch`: another account than that of the connection to make anew. `gone`: there is none such any more. */
  | { kind: 'refuse'; reason: 'account_mismatch' | 'gone' }

type Row = Pick<Connection, 'id' | 'version' | 'userId' | 'provider' | 'subject'>

/** Whether an account that was proved becomes a connection, or takes the place of which. It never replaces another account. */
export function decideConnect(
  proved: { userId: string; provider: string; subject: string; connectionId?: string },
  found: { /** The one to make anew. */ named?: Row /** That of this account. */; same?: Row },
): ConnectDecision {
  const { named, same } = found
  if (proved.connectionId !== undefined) {
    if (named === undefined || named.userId !== proved.userId || named.provider !== proved.provider) {
      return { kind: 'refuse', reason: 'gone' }
    }
    if (named.subject !== proved.subject) return { kind: 'refuse', reason: 'account_mismatch' }
    return { kind: 'reconnect', id: named.id, from: named.version }
  }
  return same === undefined ? { kind: 'connect' } : { kind: 'reconnect', id: same.id, from: same.version }
}

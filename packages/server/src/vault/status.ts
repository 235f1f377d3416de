import type { Connection } from '../storage/index.ts'

/** How far ahead of its end a connection counts as `expiring`: the first warning is sent then, too. */
export const expiringMs = 30 * 86_400_000

export type ConnectionStatus =
  | { status: 'active' | 'expiring'; endsAt?: number }
  /** Its user has to connect the account again; `reason` is a stable word. */
  | { status: 'needs_reconnect'; reason: string; endsAt?: number }

type Facts = Pick<Connection, 'needsReconnect' | 'hardEndsAt' | 'renewable' | 'expiresAt'>

/** How a connection is. `endsAt` is when it ends whatever one does. */
export function statusOf(connection: Facts, now: number): ConnectionStatus {
  const end = endOf(connection)
  const ending = end === undefined ? {} : { endsAt: end }
  if (connection.needsReconnect !== undefined) {
    return { status: 'needs_reconnect', reason: connection.needsReconnect.reason, ...ending }
  }
  if (end !== undefined && now >= end) return { status: 'needs_reconnect', reason: 'expired', ...ending }
  return { status: end !== undefined && now >= end - expiringMs ? 'expiring' : 'active', ...ending }
}

/** What cannot be renewed ends with its access token. */
function endOf({ hardEndsAt, renewable, expiresAt }: Facts): number | undefined {
  const ends = [hardEndsAt, renewable ? undefined : expiresAt].filter((end) => end !== undefined)
  return ends.length === 0 ? undefined : Math.min(...ends)
}

import type { Connection } from '../storage/index.ts'
import { statusOf } from './status.ts'

/** A connection as users, services and operators are shown it: never a token. Times are RFC 3339 in UTC. */
export interface ShownConnection {
  id: string
  provider: string
  account: { subject: string; label?: string }
  scopes: { requested: string[]; granted: string[] }
  status: 'active' | 'expiring' | 'needs_reconnect'
  reason?: string
  /** When it ends whatever one does. */
  expires_at?: string
  connected_at: string
  last_used_at?: string
}

const time = (milliseconds: number): string => new Date(milliseconds).toISOString()

export function shownConnection(connection: Connection, now: number): ShownConnection {
  const { id, provider, subject, label, requestedScopes, grantedScopes, connectedAt, lastUsedAt } = connection
  const { endsAt, ...status } = statusOf(connection, now)
  return {
    id,
    provider,
    account: { subject, ...(label === undefined ? {} : { label }) },
    scopes: { requested: requestedScopes, granted: grantedScopes },
    ...status,
    ...(endsAt === undefined ? {} : { expires_at: time(endsAt) }),
    connected_at: time(connectedAt),
    ...(lastUsedAt === undefined ? {} : { last_used_at: time(lastUsedAt) }),
  }
}

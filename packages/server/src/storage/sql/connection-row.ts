import type { Selectable } from 'kysely'
import type { Connection, ConnectionContent, NewConnection, Renewal } from '../contract.ts'
import { toStrings } from './strings.ts'
import type { ConnectionsTable } from './tables.ts'

export const connectionColumns = [
  'id',
  'user_id',
  'provider',
  'subject',
  'label',
  'requested_scopes',
  'granted_scopes',
  'sealed',
  'key_id',
  'version',
  'renewable',
  'obtained_at',
  'expires_at',
  'hard_ends_at',
  'sweep_at',
  'warned_days',
  'connected_at',
  'last_used_at',
  'broken_since',
  'broken_reason',
  'fence',
  'lease_until',
  'started_at',
  'failures',
  'failure',
  'retry_at',
] as const satisfies (keyof ConnectionsTable)[]

export type ConnectionRow = Selectable<ConnectionsTable>
/** What a connection is made with, and made anew. */
export type ContentRow = Pick<
  ConnectionRow,
  | 'label'
  | 'requested_scopes'
  | 'granted_scopes'
  | 'sealed'
  | 'key_id'
  | 'obtained_at'
  | 'expires_at'
  | 'hard_ends_at'
  | 'sweep_at'
> & { renewable: boolean }
export type NewConnectionRow = ContentRow &
  Pick<ConnectionRow, 'id' | 'user_id' | 'provider' | 'subject' | 'connected_at'>

export const fromContent = (content: ConnectionContent): ContentRow => ({
  label: content.label ?? null,
  requested_scopes: JSON.stringify(content.requestedScopes),
  granted_scopes: JSON.stringify(content.grantedScopes),
  sealed: content.sealed,
  key_id: content.keyId,
  renewable: content.renewable,
  obtained_at: content.obtainedAt,
  expires_at: content.expiresAt ?? null,
  hard_ends_at: content.hardEndsAt ?? null,
  sweep_at: content.sweepAt ?? null,
})

export const fromNewConnection = (connection: NewConnection): NewConnectionRow => ({
  ...fromContent(connection),
  id: connection.id,
  user_id: connection.userId,
  provider: connection.provider,
  subject: connection.subject,
  connected_at: connection.connectedAt,
})

export const toConnection = (row: ConnectionRow): Connection => ({
  id: row.id,
  userId: row.user_id,
  provider: row.provider,
  subject: row.subject,
  requestedScopes: toStrings(row.requested_scopes),
  grantedScopes: toStrings(row.granted_scopes),
  sealed: row.sealed,
  keyId: row.key_id,
  version: row.version,
  renewable: Boolean(row.renewable),
  obtainedAt: row.obtained_at,
  connectedAt: row.connected_at,
  renewal: toRenewal(row),
  ...(row.label !== null && { label: row.label }),
  ...(row.expires_at !== null && { expiresAt: row.expires_at }),
  ...(row.hard_ends_at !== null && { hardEndsAt: row.hard_ends_at }),
  ...(row.sweep_at !== null && { sweepAt: row.sweep_at }),
  ...(row.warned_days !== null && { warnedDays: row.warned_days }),
  ...(row.last_used_at !== null && { lastUsedAt: row.last_used_at }),
  ...(row.broken_since !== null && {
    needsReconnect: { reason: row.broken_reason ?? '', since: row.broken_since },
  }),
})

const toRenewal = (row: ConnectionRow): Renewal => ({
  fence: row.fence,
  failures: row.failures,
  ...(row.lease_until !== null && { leaseUntil: row.lease_until }),
  ...(row.started_at !== null && { startedAt: row.started_at }),
  ...(row.failure !== null && { failure: row.failure }),
  ...(row.retry_at !== null && { retryAt: row.retry_at }),
})

import type { ColumnType } from 'kysely'

/**
 * The tables as SQL sees them, the same for every engine. Times are milliseconds since the epoch; what is
 * unknown is NULL here and absent outside. The migrations are their source: change both together.
 */
export interface Tables {
  users: UsersTable
  identities: IdentitiesTable
  sessions: SessionsTable
  erased_sessions: ErasedSessionsTable
  one_time: OneTimeTable
  signing_keys: SigningKeysTable
  connections: ConnectionsTable
  quarantine: QuarantineTable
  outbox: OutboxTable
  vault_keys: VaultKeysTable
  provider_outcomes: ProviderOutcomesTable
  schema_migrations: SchemaMigrationsTable
}

/** Engines without booleans answer 0 or 1. */
type Flag = ColumnType<boolean | number, boolean, boolean>

export interface UsersTable {
  id: string
  name: string | null
  email: string | null
  email_verified: Flag | null
  picture: string | null
  created_at: number
  disabled_at: number | null
}

export interface IdentitiesTable {
  id: string
  user_id: string
  provider: string
  issuer: string
  subject: string
  label: string | null
  verified_email: string | null
  created_at: number
}

export interface SessionsTable {
  id: string
  user_id: string
  client_id: string
  provider: string
  identity_id: string
  counter: number
  created_at: number
  rotated_at: number
  /** Never later than `absolute_expires_at`: whoever writes it sees to that. */
  idle_expires_at: number
  absolute_expires_at: number
  revoked_at: number | null
  revoked_reason: string | null
  dpop_jkt: string | null
  scope: string
  /** JSON array of strings. */
  resources: string
  auth_time: number
  /** JSON array of strings. */
  amr: string | null
  acr: string | null
  upstream_sid: string | null
  /** NULL as soon as `revoked_at` is not. */
  sealed_id_token: string | null
  device: string | null
  /** The one-time key of the code that yielded the session. */
  code_key: string
  /** When the sweep looks at the row again: not moved by a rotation, so that a rotation touches no index. */
  sweep_at: number
}

/** Ends of sessions whose user has been erased since, for the revocation feed. */
export interface ErasedSessionsTable {
  id: string
  revoked_at: number
}

export interface OneTimeTable {
  kind: string
  key: string
  value: string
  expires_at: number
  consumed_at: number | null
  /** When it was consumed for the second time. */
  replayed_at: number | null
}

export interface SigningKeysTable {
  kid: string
  algorithm: string
  /** 1 for the first key of an algorithm; (algorithm, generation) is unique, so one process wins each. */
  generation: number
  public_jwk: string
  sealed_private_jwk: string
  created_at: number
  activated_at: number | null
  retired_at: number | null
  /** Only ever moves forward. NULL before its first use is noted. */
  last_expires_at: number | null
}

export interface ConnectionsTable {
  id: string
  user_id: string
  provider: string
  subject: string
  label: string | null
  /** JSON array of strings. */
  requested_scopes: string
  /** JSON array of strings. */
  granted_scopes: string
  sealed: string
  key_id: string
  /** Goes up with every change of `sealed`, which is bound to it. */
  version: number
  renewable: Flag
  obtained_at: number
  expires_at: number | null
  hard_ends_at: number | null
  sweep_at: number | null
  warned_days: number | null
  connected_at: number
  last_used_at: number | null
  /** NULL like `broken_reason`. */
  broken_since: number | null
  broken_reason: string | null
  fence: number
  lease_until: number | null
  started_at: number | null
  failures: number
  failure: string | null
  retry_at: number | null
}

/** `user_id` refers to nobody: what is here outlives its user. */
export interface QuarantineTable {
  id: string
  user_id: string
  provider: string
  subject: string
  sealed: string
  key_id: string
  due_at: number
  attempts: number
}

export interface OutboxTable {
  id: string
  endpoint: string
  type: string
  body: string
  created_at: number
  due_at: number
  attempts: number
}

export interface VaultKeysTable {
  id: string
  /** 1 for the first; unique, so one process wins each. The highest one seals. */
  generation: number
  wrapped: string
  created_at: number
}

export interface ProviderOutcomesTable {
  provider: string
  /** `ok`, or why it did not go well. */
  outcome: string
  count: number
  first_at: number
  last_at: number
}

export interface SchemaMigrationsTable {
  version: number
  name: string
  /** The oldest code (by its latest migration) that still works on this schema. */
  oldest_code: number
  applied_at: number
}

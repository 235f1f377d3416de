import type { Selectable } from 'kysely'
import type { Session } from '../contract.ts'
import { toStrings } from './strings.ts'
import type { SessionsTable } from './tables.ts'

/** What a session is read from; the other columns are the store's own. */
export const sessionColumns = [
  'id',
  'user_id',
  'client_id',
  'provider',
  'identity_id',
  'counter',
  'created_at',
  'rotated_at',
  'idle_expires_at',
  'absolute_expires_at',
  'revoked_at',
  'revoked_reason',
  'dpop_jkt',
  'scope',
  'resources',
  'auth_time',
  'amr',
  'acr',
  'upstream_sid',
  'sealed_id_token',
  'device',
] as const satisfies (keyof SessionsTable)[]

export type SessionRow = Pick<Selectable<SessionsTable>, (typeof sessionColumns)[number]>

export const toRow = (session: Session): SessionRow => ({
  id: session.id,
  user_id: session.userId,
  client_id: session.clientId,
  provider: session.provider,
  identity_id: session.identityId,
  counter: session.counter,
  created_at: session.createdAt,
  rotated_at: session.rotatedAt,
  idle_expires_at: Math.min(session.idleExpiresAt, session.absoluteExpiresAt),
  absolute_expires_at: session.absoluteExpiresAt,
  revoked_at: session.revokedAt ?? null,
  revoked_reason: session.revokedReason ?? null,
  dpop_jkt: session.dpopJkt ?? null,
  scope: session.scope,
  resources: JSON.stringify(session.resources),
  auth_time: session.authTime,
  amr: session.amr === undefined ? null : JSON.stringify(session.amr),
  acr: session.acr ?? null,
  upstream_sid: session.upstreamSid ?? null,
  sealed_id_token: session.sealedIdToken ?? null,
  device: session.device ?? null,
})

export const toSession = (row: SessionRow): Session => ({
  id: row.id,
  userId: row.user_id,
  clientId: row.client_id,
  provider: row.provider,
  identityId: row.identity_id,
  counter: row.counter,
  createdAt: row.created_at,
  rotatedAt: row.rotated_at,
  idleExpiresAt: row.idle_expires_at,
  absoluteExpiresAt: row.absolute_expires_at,
  scope: row.scope,
  resources: toStrings(row.resources),
  authTime: row.auth_time,
  ...(row.revoked_at !== null && { revokedAt: row.revoked_at }),
  ...(row.revoked_reason !== null && { revokedReason: row.revoked_reason }),
  ...(row.dpop_jkt !== null && { dpopJkt: row.dpop_jkt }),
  ...(row.amr !== null && { amr: toStrings(row.amr) }),
  ...(row.acr !== null && { acr: row.acr }),
  ...(row.upstream_sid !== null && { upstreamSid: row.upstream_sid }),
  ...(row.sealed_id_token !== null && { sealedIdToken: row.sealed_id_token }),
  ...(row.device !== null && { device: row.device }),
})

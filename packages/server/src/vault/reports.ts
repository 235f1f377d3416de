import type { Clock } from '../clock.ts'
import { hashOf } from '../ids.ts'
import type { Connection, ConnectionStore } from '../storage/index.ts'
import type { MarkBroken } from './broken.ts'
import type { VaultContents } from './contents.ts'
import type { ByService } from './hand-outs.ts'
import { mayUse } from './policy.ts'
import { noConnection, notYours } from './refusals.ts'
import type { Renewals } from './renewals.ts'

/** How a connection is after a report. */
export type Reported = 'active' | 'needs_reconnect'

/** A token this young was given to the reporter after the one that was refused, or is refused from the beginning. */
const youngMs = 60_000

/** What a report that the provider answered 401 leads to. */
export type ReportDecision = 'ignore' | 'renew' | 'break'

/**
 * Without a hash it may be about an older token, unless there has been none for a while. A token that was just renewed and
 * is refused again shows that renewing mends nothing.
 */
export function decideReport(
  row: Pick<Connection, 'version' | 'obtainedAt' | 'renewable'>,
  /** Whether it is about the token that the connection holds; undefined when it does not say. */
  isCurrent: boolean | undefined,
  now: number,
): ReportDecision {
  const young = now - row.obtainedAt < youngMs
  if (isCurrent === false || (isCurrent === undefined && young)) return 'ignore'
  if (!row.renewable) return 'break'
  return young && row.version > 1 ? 'break' : 'renew'
}

export type Report = (
  connectionId: string,
  by: ByService,
  about: { /** Base64url SHA-256 of the token that was refused. */ accessTokenHash?: string },
) => Promise<Reported>

/**
 * A service says that the provider refused a token. The function it gives throws ApiError `not_found`, `access_denied`;
 * StorageError, VaultError.
 */
export function createReport(deps: {
  connections: Pick<ConnectionStore, 'find' | 'expire'>
  contents: VaultContents
  renewals: Renewals
  markBroken: MarkBroken
  clock: Clock
}): Report {
  const { connections, contents, renewals, markBroken, clock } = deps

  return async (connectionId, by, { accessTokenHash }) => {
    const row = await connections.find(connectionId)
    if (row === undefined) throw noConnection()
    if (!mayUse(by.service, row)) throw notYours()
    if (row.needsReconnect !== undefined) return 'needs_reconnect'
    const isCurrent =
      accessTokenHash === undefined
        ? undefined
        : hashOf((await contents.open(row)).accessToken) === accessTokenHash
    const now = clock.now()
    switch (decideReport(row, isCurrent, now)) {
      case 'ignore':
        return 'active'
      case 'break':
        await markBroken(row, 'token_refused', by)
        return 'needs_reconnect'
      case 'renew': {
        await connections.expire(row.id, row.version, now)
        const renewed = await renewals.renew({ ...row, expiresAt: now }, by)
        return renewed === undefined || renewed.needsReconnect !== undefined ? 'needs_reconnect' : 'active'
      }
    }
  }
}

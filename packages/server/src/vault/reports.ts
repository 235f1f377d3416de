import type { Clock } from '../clock.ts'
import { hashOf } from '../ids.ts'
import type { Connection, ConnectionStore } from '../storage/index.ts'
import { type Upstream, UpstreamError } from '../upstream/index.ts'
import type { MarkBroken } from './broken.ts'
import type { VaultContents } from './contents.ts'
import type { ByService } from './hand-outs.ts'
import type { Narrowing } from './narrowing.ts'
import { allowanceOf } from './policy.ts'
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
  upstreams: ReadonlyMap<string, Pick<Upstream, 'refreshRules' | 'signing'>>
  renewals: Renewals
  narrowing: Narrowing
  markBroken: MarkBroken
  clock: Clock
}): Report {
  const { connections, contents, upstreams, renewals, narrowing, markBroken, clock } = deps

  return async (connectionId, by, { accessTokenHash }) => {
    const row = await connections.find(connectionId)
    if (row === undefined) throw noConnection()
    const allowed = allowanceOf(by.service, row, upstreams.get(row.provider)?.refreshRules)
    if (allowed.kind === 'none') throw notYours()
    if (row.needsReconnect !== undefined) return 'needs_reconnect'
    if (allowed.kind === 'some') {
      narrowing.forget(row.id, allowed.scopes, accessTokenHash)
      return 'active'
    }
    const isCurrent =
      accessTokenHash === undefined
        ? undefined
        : hashOf((await contents.open(row)).accessToken) === accessTokenHash
    const now = clock.now()
    switch (decideReport(row, isCurrent, now)) {
      case 'ignore':
        return 'active'
      case 'break':
        if (await stillWorks(row)) return 'active'
        await markBroken(row, 'token_refused', by)
        return 'needs_reconnect'
      case 'renew': {
        const renewed = await renewedAfter(row, now, by)
        return renewed === undefined || renewed.needsReconnect !== undefined ? 'needs_reconnect' : 'active'
      }
    }
  }

  /**
   * A 401 to a signed request may have other causes than the token, and there is no renewal that would show it: the provider is
   * asked. While it cannot be, nothing is given up.
   */
  async function stillWorks(row: Connection): Promise<boolean> {
    const { accessToken: token, tokenSecret: secret } = await contents.open(row)
    const signing = upstreams.get(row.provider)?.signing
    if (secret === undefined || signing === undefined) return false
    try {
      return (await signing.stillGood({ token, secret })) === true
    } catch (error) {
      if (error instanceof UpstreamError) return true
      throw error
    }
  }

  /** A row that merely moved on (sealed anew, its refresh token used for a narrower token) has the same access token still. */
  async function renewedAfter(row: Connection, now: number, by: ByService): Promise<Connection | undefined> {
    for (let seen = row; ; ) {
      await connections.expire(seen.id, seen.version, now)
      const renewed = await renewals.renew({ ...seen, expiresAt: now }, by)
      const isTheSame = renewed?.obtainedAt === row.obtainedAt && renewed.version !== seen.version
      if (!isTheSame || renewed.needsReconnect !== undefined || renewed.renewal.retryAt !== undefined)
        return renewed
      seen = renewed
    }
  }
}

import { randomInt } from 'node:crypto'
import type { Timers } from '../background.ts'
import type { Clock } from '../clock.ts'
import { hashOf } from '../ids.ts'
import type { Logger } from '../logging.ts'
import type { Connection, ConnectionStore } from '../storage/index.ts'
import type { VaultContents } from './contents.ts'
import { freshnessOf } from './freshness.ts'
import { accessEnd } from './lifetime.ts'
import { jittered, pause } from './pause.ts'
import { needsReconnect, noConnection, notYours, unavailable } from './refusals.ts'
import type { Renewer } from './renewal-attempt.ts'
import { leaseMs, patienceMs, type Renewals } from './renewals.ts'
import { scopesIn } from './scopes.ts'

/** An access token with fewer scopes than the connection has. */
export interface NarrowedToken {
  accessToken: string
  tokenType: string
  scopes: string[]
  /** Milliseconds since the epoch. */
  obtainedAt: number
  expiresAt?: number
}

/**
 * Has tokens made that are good for some of a connection's scopes (RFC 6749 section 6). They live in this process alone; the
 * connection keeps its own access token, and whatever refresh token comes with theirs.
 */
export interface Narrowing {
  /**
   * For a service that may have these and no others.
   * @throws ApiError `access_denied` where the provider will not, `not_found`, `needs_reconnect`, `temporarily_unavailable`;
   *   StorageError, VaultError
   */
  token(row: Connection, scopes: readonly string[], by: { requestId: string }): Promise<NarrowedToken>
  /** It was refused: the next one is made anew, unless it is young. Of another than the one that is kept nothing is forgotten. */
  forget(connectionId: string, scopes: readonly string[], accessTokenHash: string | undefined): void
  /** Waits for what is under way here. Nothing may be begun after it. */
  close(): Promise<void>
}

type Kept = { token: NarrowedToken; grant: string | undefined } | { refusedUntil: number }

const mostKept = 10_000
/** A provider that does not narrow is not asked again for so long. */
const refusedForMs = 3_600_000
/** Refused so soon after it was made, another would be, too. */
const youngMs = 60_000
const pauseMs = 200

export function createNarrowing(deps: {
  connections: Pick<ConnectionStore, 'find' | 'lease'>
  contents: VaultContents
  upstreams: ReadonlyMap<string, Renewer>
  renewals: Pick<Renewals, 'attempt'>
  clock: Clock
  timers: Timers
  random: () => number
  logger: Logger
}): Narrowing {
  const { connections, contents, upstreams, renewals, clock, timers, random, logger } = deps
  const memory = new Map<string, Kept>()
  const underWay = new Map<string, Promise<NarrowedToken>>()
  let closing = false

  async function token(row: Connection, scopes: readonly string[], by: { requestId: string }) {
    const key = keyOf(row.id, scopes)
    const { needsReconnect: broken, renewal } = row
    if (broken !== undefined) throw needsReconnect(broken.reason)
    const now = clock.now()
    const kept = memory.get(key)
    if (kept !== undefined && 'refusedUntil' in kept && now < kept.refusedUntil) throw notYours()
    if (kept !== undefined && 'token' in kept && kept.grant === (await contents.open(row)).grant) {
      const freshness = freshnessOf({ id: row.id, ...kept.token }, now)
      const resting = now < (renewal.retryAt ?? now)
      if (freshness === 'fresh' || freshness === 'ageing') return kept.token
      if (freshness === 'short' && resting) return kept.token
    }
    const running = underWay.get(key)
    if (running !== undefined) return running
    const flight = obtain(row, scopes, by).finally(() => underWay.delete(key))
    underWay.set(key, flight)
    return flight
  }

  /** By the connection's lease: whoever else uses its refresh token waits, and is waited for. */
  async function obtain(
    seen: Connection,
    scopes: readonly string[],
    by: { requestId: string },
  ): Promise<NarrowedToken> {
    const until = clock.now() + patienceMs
    for (let row: Connection | undefined = seen; ; row = await connections.find(seen.id)) {
      if (row === undefined) throw noConnection()
      if (row.needsReconnect !== undefined) throw needsReconnect(row.needsReconnect.reason)
      const now = clock.now()
      const { failure = 'outage', retryAt = now } = row.renewal
      if (now < retryAt) throw unavailable(failure, retryAt - now)
      const { id, version } = row
      const leased = await connections.lease(id, { version, now, until: now + leaseMs })
      if (leased !== undefined) {
        const made = await ask(leased, scopes, by)
        if (made !== undefined) return made
      } else if (now >= until || closing) throw unavailable('busy', randomInt(1, 5) * 1000)
      else await pause(timers, jittered(pauseMs, random))
    }
  }

  /** Undefined: what came of it is in the row. */
  async function ask(
    leased: Connection,
    scopes: readonly string[],
    by: { requestId: string },
  ): Promise<NarrowedToken | undefined> {
    const { id, provider } = leased
    const outcome = await renewals.attempt(leased, by, scopes)
    if (!outcome.renewed) {
      if (outcome.refusedScopes === true) throw refused(leased, scopes, 'invalid_scope')
      return undefined
    }
    const { tokens, askedAt: obtainedAt, grant } = outcome
    const told = tokens.scope === undefined ? [...scopes] : scopesIn(tokens.scope)
    // An answer without a word about it grants what was asked for (RFC 6749 section 5.1).
    if (told.some((scope) => !scopes.includes(scope))) throw refused(leased, scopes, 'more_than_asked')
    const rules = upstreams.get(provider)?.refreshRules ?? { narrowsScopes: true }
    const { expiresAt } = accessEnd({ tokens, obtainedAt, renewable: true, rules })
    const made = {
      ...{ accessToken: tokens.accessToken, tokenType: tokens.tokenType, scopes: told, obtainedAt },
      ...(expiresAt === undefined ? {} : { expiresAt }),
    }
    keep(keyOf(id, scopes), { token: made, grant })
    return made
  }

  function refused({ id, provider }: Connection, scopes: readonly string[], reason: string) {
    logger.error({ connection_id: id, provider, reason }, 'a provider with narrows_scopes does not narrow')
    keep(keyOf(id, scopes), { refusedUntil: clock.now() + refusedForMs })
    return notYours()
  }

  function keep(key: string, entry: Kept): void {
    memory.delete(key)
    // The oldest goes: the order of a map is that of its making.
    const [oldest] = memory.size < mostKept ? [] : memory.keys()
    if (oldest !== undefined) memory.delete(oldest)
    memory.set(key, entry)
  }

  return {
    token,
    forget(connectionId, scopes, accessTokenHash) {
      const key = keyOf(connectionId, scopes)
      const kept = memory.get(key)
      if (kept === undefined || !('token' in kept)) return
      const { accessToken, obtainedAt } = kept.token
      if (accessTokenHash !== undefined && hashOf(accessToken) !== accessTokenHash) return
      if (clock.now() - obtainedAt >= youngMs) memory.delete(key)
    },
    async close() {
      closing = true
      while (underWay.size > 0) await Promise.allSettled(underWay.values())
    },
  }
}

const keyOf = (connectionId: string, scopes: readonly string[]): string =>
  JSON.stringify([connectionId, scopes.toSorted()])

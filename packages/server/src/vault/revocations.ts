import type { Clock } from '../clock.ts'
import type { Events } from '../events.ts'
import { createRequestIds } from '../ids.ts'
import type { Logger } from '../logging.ts'
import {
  type ConnectionStore,
  type Quarantined,
  type QuarantineStore,
  StorageError,
} from '../storage/index.ts'
import { type Upstream, UpstreamError } from '../upstream/index.ts'
import type { HeldTokens, VaultContents } from './contents.ts'
import { VaultError } from './errors.ts'
import type { Revoked } from './removals.ts'
import { retryIn } from './retry.ts'

/** Milliseconds between two looks at what is due. */
export const revocationPollMs = 10_000
/** Milliseconds that a claim holds: longer than a provider may take. */
export const claimMs = 30_000
/** Entries that are seen to at once. */
const batch = 20

/** Gives tokens that nobody holds back to their provider. */
export interface Revocations {
  /** For what is claimed: asks the provider once, and notes what comes of it. */
  attempt(entry: Quarantined): Promise<Revoked>
  /** Sees to everything that is due. */
  work(stop: AbortSignal): Promise<void>
}

/** `reason` is for the log: why it was not possible this time, or will never be. */
type Outcome = Exclude<Revoked, false> | { failed: string; forGood?: true }

export function createRevocations(deps: {
  quarantine: QuarantineStore
  connections: Pick<ConnectionStore, 'holdsAccount'>
  contents: VaultContents
  upstreams: ReadonlyMap<string, Upstream>
  clock: Clock
  events: Events
  logger: Logger
}): Revocations {
  const { quarantine, connections, contents, upstreams, clock, events, logger } = deps
  const newRequestId = createRequestIds()

  async function ask(entry: Quarantined): Promise<Outcome> {
    const { provider, subject } = entry
    const upstream = upstreams.get(provider)
    if (upstream === undefined) return { failed: 'provider_not_configured' }
    try {
      // It would end the connection that lives, too.
      const shared = upstream.revocationEndsAccount && (await connections.holdsAccount(provider, subject))
      return !shared && (await upstream.revoke(await held(entry))) === 'revoked' ? true : 'unsupported'
    } catch (error) {
      if (error instanceof UpstreamError) return { failed: error.reason }
      if (error instanceof StorageError) return { failed: 'storage' }
      if (!(error instanceof VaultError)) throw error
      // Another process may have a newer secret.
      return contents.knows(entry.keyId)
        ? { failed: error.code, forGood: true }
        : { failed: 'secret_not_configured' }
    }
  }

  function held(entry: Quarantined): Promise<HeldTokens> {
    const { id, userId, provider, sealed } = entry
    return contents.open({ id, userId, provider, sealed })
  }

  async function attempt(entry: Quarantined): Promise<Revoked> {
    const outcome = await ask(entry)
    const { provider, userId: subject, attempts } = entry
    const logged = { provider, attempts, quarantine_id: entry.id }
    if (typeof outcome !== 'object') {
      logger.info({ ...logged, revoked_at_provider: outcome }, 'tokens were given back')
      await noted(quarantine.drop(entry.id))
      return outcome
    }
    const { failed: reason, forGood } = outcome
    const again = forGood ? undefined : retryIn(attempts)
    if (again !== undefined) {
      logger.warn({ ...logged, reason, again_in_ms: again }, 'revoking at a provider failed')
      await noted(quarantine.postpone(entry.id, clock.now() + again))
    } else if (await noted(quarantine.drop(entry.id))) {
      events.emit('connection.revocation_failed', {
        requestId: newRequestId(),
        ...{ subject, data: { provider, reason } },
      })
    }
    return false
  }

  /** The provider has answered by now; what cannot be noted is only asked for once more, when the claim is over. */
  async function noted<T>(write: Promise<T>): Promise<T | undefined> {
    return write.catch((error: unknown) => {
      logger.warn({ error }, 'the outcome of a revocation could not be noted')
      return undefined
    })
  }

  /** Nobody has claimed it before: it was obtained, and its code ran out. */
  function tellUnfinished({ attempts, provider, userId: subject }: Quarantined): void {
    if (attempts !== 1) return
    events.emit('connection.refused', {
      requestId: newRequestId(),
      ...{ subject, data: { provider, reason: 'unfinished' } },
    })
  }

  return {
    attempt,
    async work(stop) {
      while (!stop.aborted) {
        const now = clock.now()
        const due = await quarantine.claimDue(now, now + claimMs, batch)
        for (const entry of due) tellUnfinished(entry)
        const outcomes = await Promise.allSettled(due.map(attempt))
        const failed = outcomes.find((outcome) => outcome.status === 'rejected')
        if (failed !== undefined) throw failed.reason
        if (due.length < batch) return
      }
    },
  }
}

import type { Timers } from '../background.ts'
import type { Clock } from '../clock.ts'
import type { Logger } from '../logging.ts'
import { type Connection, type ConnectionStore, type RenewalOutcome, StorageError } from '../storage/index.ts'
import { jittered, pause } from './pause.ts'

/** How long the write of an outcome is tried: what the provider answered is nowhere else. */
const tryForMs = 60_000
const firstPauseMs = 50
const longestPauseMs = 2_000

/** The outcome for the row at a version: tokens are sealed for one. */
export type OutcomeAt = (version: number) => RenewalOutcome

/**
 * Writes what came of a lease, again and again while the database cannot be had. True: it is written. False: the lease has
 * gone to somebody else since, and nothing was written.
 * Rejects with a StorageError when the database stayed away.
 */
export type Settlement = (leased: Connection, outcomeAt: OutcomeAt) => Promise<boolean>

export function createSettlement(deps: {
  connections: Pick<ConnectionStore, 'find' | 'settle'>
  clock: Clock
  timers: Timers
  random: () => number
  logger: Logger
}): Settlement {
  const { connections, clock, timers, random, logger } = deps

  return async (leased, outcomeAt) => {
    const until = clock.now() + tryForMs
    const attempt = { leased, outcomeAt, outcome: outcomeAt(leased.version) }
    let isLast = false
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      try {
        return await write(attempt)
      } catch (error) {
        const about = { error, connection_id: leased.id, provider: leased.provider }
        if (!(error instanceof StorageError) || isLast) {
          logger.error(about, 'what came of a renewal could not be written')
          throw error
        }
        logger.warn(about, 'what came of a renewal is not written yet')
        await pause(timers, jittered(pauseMs, random))
        // A process that was stopped for a while tries once more all the same.
        isLast = clock.now() >= until
      }
    }
  }

  async function write(attempt: Attempt): Promise<boolean> {
    const { id, provider, renewal } = attempt.leased
    for (;;) {
      if (await connections.settle(id, renewal.fence, attempt.outcome)) return true
      const row = await connections.find(id)
      if (row?.renewal.fence !== renewal.fence) {
        const about = { connection_id: id, provider, outcome: attempt.outcome.kind }
        logger.warn(about, 'the outcome of a renewal came too late and was dropped')
        return false
      }
      // A write that was taken for failed had taken effect.
      if (attempt.outcome.kind === 'renewed' && row.sealed === attempt.outcome.sealed) return true
      // Sealed anew meanwhile, with another secret.
      attempt.outcome = attempt.outcomeAt(row.version)
    }
  }
}

interface Attempt {
  leased: Connection
  outcomeAt: OutcomeAt
  /** What is written now. */
  outcome: RenewalOutcome
}

import type { Logger } from '../logging.ts'
import type { Connection, ConnectionStore, RenewalOutcome } from '../storage/index.ts'
import type { Persistently } from './persistence.ts'

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
  persistently: Persistently
  logger: Logger
}): Settlement {
  const { connections, persistently, logger } = deps

  return (leased, outcomeAt) => {
    const attempt = { leased, outcomeAt, outcome: outcomeAt(leased.version) }
    return persistently(leased, () => write(attempt))
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

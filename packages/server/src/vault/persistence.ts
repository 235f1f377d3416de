import type { Timers } from '../background.ts'
import type { Clock } from '../clock.ts'
import type { Logger } from '../logging.ts'
import { type Connection, StorageError } from '../storage/index.ts'
import { jittered, pause } from './pause.ts'

/** How long it is tried: what a provider answered is nowhere else. */
const tryForMs = 60_000
const firstPauseMs = 50
const longestPauseMs = 2_000

/**
 * Asks the database for what must not get lost, again and again while it cannot be had.
 * Rejects with a StorageError when it stayed away, or refused for another reason.
 */
export type Persistently = <T>(
  about: Pick<Connection, 'id' | 'provider'>,
  ask: () => Promise<T>,
) => Promise<T>

export function createPersistently(deps: {
  clock: Clock
  timers: Timers
  random: () => number
  logger: Logger
}): Persistently {
  const { clock, timers, random, logger } = deps

  return async ({ id, provider }, ask) => {
    const until = clock.now() + tryForMs
    let isLast = false
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      try {
        return await ask()
      } catch (error) {
        const about = { error, connection_id: id, provider }
        if (!(error instanceof StorageError) || error.code === 'duplicate' || isLast) {
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
}

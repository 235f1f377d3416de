import { within } from '../background.ts'
import type { Clock } from '../clock.ts'
import type { Logger } from '../logging.ts'
import type { Windows } from './windows.ts'

/** Milliseconds that a request waits for the shared counters, and that nobody asks them after they have failed. */
const patienceMs = 250
const restMs = 5_000

/**
 * Shared counters, and those of this process for as long as the shared ones fail: a request never does. Both the failure
 * and its end are logged once.
 */
export function createInsuredWindows(
  shared: Windows,
  parts: { own: Windows; clock: Clock; logger: Logger; patienceMs?: number },
): Windows {
  const { own, clock, logger } = parts
  let failing = false
  let askAgainAt = 0

  async function ask(key: string) {
    const counted = await within(parts.patienceMs ?? patienceMs, () => shared.add(key))
    if (failing) logger.info({}, 'the shared counters of rate limits answer again')
    failing = false
    return counted
  }

  return {
    async add(key) {
      if (failing) {
        if (clock.now() < askAgainAt) return own.add(key)
        // One request at a time finds out.
        askAgainAt = clock.now() + restMs
      }
      try {
        return await ask(key)
      } catch (error) {
        askAgainAt = clock.now() + restMs
        if (!failing) {
          logger.warn(
            { error },
            'the shared counters of rate limits do not answer: this process counts alone',
          )
        }
        failing = true
        return own.add(key)
      }
    },
    async close() {
      await Promise.all([shared.close(), own.close()])
    },
  }
}

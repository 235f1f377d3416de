import { keepDoing, type Timers } from './background.ts'
import type { Clock } from './clock.ts'
import type { Logger } from './logging.ts'
import type { ProviderOutcome, ProviderOutcomeStore } from './storage/index.ts'
import type { NoteOutcome } from './upstream/index.ts'

/** Milliseconds between two writes. */
export const journalMs = 10_000
/** Different outcomes between two writes; reasons are a few dozen words. */
const most = 1_000

export interface ProviderJournal {
  note: NoteOutcome
  /** Writes what is left. Never rejects. */
  close(): Promise<void>
}

/**
 * Counts how it goes with each provider and writes it down every few seconds, for `latchkey doctor`: no request waits for
 * it. What a crash or a database that is down takes with it is a count.
 */
export function createProviderJournal(deps: {
  store: ProviderOutcomeStore
  clock: Clock
  timers: Timers
  logger: Logger
}): ProviderJournal {
  const { store, clock, timers, logger } = deps
  let counted = new Map<string, ProviderOutcome>()

  async function write(): Promise<void> {
    if (counted.size === 0) return
    const outcomes = [...counted.values()]
    counted = new Map()
    await store.add(outcomes)
  }
  const onError = (error: unknown): void =>
    logger.warn({ error }, 'noting how it goes with the providers failed')
  const stop = keepDoing(write, { timers, firstMs: journalMs, everyMs: journalMs, onError })

  return {
    note(provider, outcome) {
      const key = `${provider} ${outcome}`
      const known = counted.get(key)
      if (known === undefined && counted.size >= most) return
      const lastAt = clock.now()
      const { count, firstAt } = known ?? { count: 0, firstAt: lastAt }
      counted.set(key, { provider, outcome, count: count + 1, firstAt, lastAt })
    },
    async close() {
      stop()
      await write().catch(onError)
    },
  }
}

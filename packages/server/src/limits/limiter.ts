import type { Clock } from '../clock.ts'
import { createShelf } from './shelf.ts'
import { type Windows, windowMs } from './windows.ts'

/** Somebody who has to wait. */
export interface Refusal {
  /** Milliseconds until the window ends. */
  waitMs: number
  /** Nobody was told of this window before: one line in the log, however many requests there are. */
  first: boolean
}

export interface Limiter {
  /** Counts one more for a key. Undefined while there are no more than `limit` in its window. */
  count(key: string, limit: number): Promise<Refusal | undefined>
  /** Whether a key's window is full, as far as this process knows. Counts nothing and asks nobody. */
  isFull(key: string): Refusal | undefined
}

/** Keys known to be full: each has cost its limit in requests, so that there are few. */
const mostFull = 100_000

/** Once a window is full, whoever keeps counters elsewhere is not asked again until it ends. */
export function createLimiter({ windows, clock }: { windows: Windows; clock: Clock }): Limiter {
  const full = createShelf<number>(clock, mostFull)

  function isFull(key: string): Refusal | undefined {
    const endsAt = full.get(key)
    if (endsAt === undefined) return
    const waitMs = endsAt - clock.now()
    // By a clock that was put back it would be full for longer than a window lasts.
    return waitMs > 0 && waitMs <= windowMs ? { waitMs, first: false } : undefined
  }

  return {
    isFull,
    async count(key, limit) {
      const known = isFull(key)
      if (known !== undefined) return known
      const { count, endsInMs } = await windows.add(key)
      if (count <= limit) return
      full.set(key, clock.now() + endsInMs)
      return { waitMs: endsInMs, first: count === limit + 1 }
    },
  }
}

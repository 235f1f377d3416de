import type { Clock } from '../clock.ts'
import { createShelf } from './shelf.ts'
import { type Windows, windowMs } from './windows.ts'

/** Windows of one process, about 200 bytes each. */
const mostWindows = 100_000

/**
 * Counters of this process. Whoever floods it with addresses makes it forget the oldest counters early, and never fills
 * the memory.
 * @param most windows that are kept at once
 */
export function createMemoryWindows(clock: Clock, most = mostWindows): Windows & { readonly size: number } {
  const windows = createShelf<{ count: number; endsAt: number }>(clock, most)
  return {
    add(key) {
      const now = clock.now()
      const open = windows.get(key)
      // One that would end later than a whole window from now is of a clock that was put back.
      if (open !== undefined && now < open.endsAt && open.endsAt - now <= windowMs) {
        open.count++
        return { count: open.count, endsInMs: open.endsAt - now }
      }
      windows.set(key, { count: 1, endsAt: now + windowMs })
      return { count: 1, endsInMs: windowMs }
    },
    get size() {
      return windows.size
    },
    close: async () => undefined,
  }
}

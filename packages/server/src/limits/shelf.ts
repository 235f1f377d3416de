import type { Clock } from '../clock.ts'
import { windowMs } from './windows.ts'

/** What is kept for a window, and for no more keys than fit. */
export interface Shelf<T> {
  get(key: string): T | undefined
  /** Takes the place of what was there. */
  set(key: string, value: T): void
  readonly size: number
}

/**
 * Two boards: what comes goes on the new one; when that is full, or a window old, it becomes the old one, whose contents
 * go. So nothing that lasts no longer than a window goes early but under a flood, what is oldest goes first, and it costs
 * the same however many keys there are.
 * @param most keys on both together
 */
export function createShelf<T>(clock: Clock, most: number): Shelf<T> {
  let fresh = new Map<string, T>()
  let old = new Map<string, T>()
  let since = clock.now()
  return {
    get: (key) => fresh.get(key) ?? old.get(key),
    set(key, value) {
      const now = clock.now()
      if (fresh.size >= most / 2 || now - since >= windowMs) {
        old = fresh
        fresh = new Map()
        since = now
      }
      old.delete(key)
      fresh.set(key, value)
    },
    get size() {
      return fresh.size + old.size
    },
  }
}

import type { Clock } from './clock.ts'

export interface ExpiringMap<V> {
  set(key: string, value: V): void
  /** The value, unless it has expired or was pushed out. */
  get(key: string): V | undefined
  delete(key: string): boolean
  /** Those that have not expired, oldest first. */
  entries(): [key: string, value: V][]
  readonly size: number
}

/**
 * A map whose entries all live equally long and whose size is bounded, so that a load test can run for hours.
 * With one lifetime, insertion order is expiry order: cleaning up looks only at the oldest entries.
 */
export const expiringMap = <V>(options: { clock: Clock; seconds: number; limit: number }): ExpiringMap<V> => {
  const { clock, limit } = options
  const lifetime = options.seconds * 1000
  const entries = new Map<string, { value: V; expiresAt: number }>()

  const makeRoom = (now: number): void => {
    for (const [key, entry] of entries) {
      if (entry.expiresAt > now && entries.size < limit) return
      entries.delete(key)
    }
  }

  return {
    set: (key, value) => {
      const now = clock.now()
      entries.delete(key)
      makeRoom(now)
      entries.set(key, { value, expiresAt: now + lifetime })
    },
    get: (key) => {
      const entry = entries.get(key)
      if (entry === undefined) return undefined
      if (entry.expiresAt > clock.now()) return entry.value
      entries.delete(key)
      return undefined
    },
    delete: (key) => entries.delete(key),
    entries: () => {
      const now = clock.now()
      return [...entries].flatMap(([key, { value, expiresAt }]) => (expiresAt > now ? [[key, value]] : []))
    },
    get size() {
      return entries.size
    },
  }
}

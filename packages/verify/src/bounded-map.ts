/** The part of a `Map` that a cache needs. */
export type BoundedMap<V> = {
  get(key: string): V | undefined
  set(key: string, value: V): void
  clear(): void
}

/**
 * A map of at most `maxEntries` that forgets what was not used lately. Two generations: what is read moves to the young
 * one, and when that has grown to half the bound, the old one is dropped. Cheaper than an order of use.
 */
export function createBoundedMap<V>(maxEntries: number): BoundedMap<V> {
  const half = Math.ceil(maxEntries / 2)
  let young = new Map<string, V>()
  let old = new Map<string, V>()

  function set(key: string, value: V) {
    if (young.size >= half) {
      old = young
      young = new Map()
    }
    young.set(key, value)
  }

  return {
    get(key) {
      const value = young.get(key)
      if (value !== undefined) return value
      const older = old.get(key)
      if (older !== undefined) set(key, older)
      return older
    },
    set,
    clear() {
      young = new Map()
      old = new Map()
    },
  }
}

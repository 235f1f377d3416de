import { hash } from 'node:crypto'

/** Remembers proofs within their window. Several processes need a shared one to see each other's replays. */
export type ReplayCache = {
  /**
   * Whether this is the first time that the key `jkt` shows the identifier `jti`, and remembers it until `expiresAt`
   * (milliseconds). `false` also for what has expired already and for what the cache can no longer vouch for.
   */
  firstUse(jkt: string, jti: string, expiresAt: number): boolean
}

const slotMs = 5_000

/**
 * A replay cache in this process's memory, of at most `maxEntries` (default 200,000; about 120 bytes each). To hold
 * everything it needs one entry for each proof of the last minute.
 *
 * Entries lie in slots by the time at which they expire. When it is full, the slot that expires first is dropped and with
 * it the right to be accepted: from then on every proof that expires no later is refused, seen or not. So under
 * pressure the window shrinks toward the freshest proofs, clients whose clocks are late are refused first, memory stays
 * bounded, and nothing that was dropped can be played again.
 */
export function createReplayCache(options: { clock: { now(): number }; maxEntries?: number }): ReplayCache {
  const { clock, maxEntries = 200_000 } = options
  if (!Number.isInteger(maxEntries) || maxEntries < 1)
    throw new RangeError('maxEntries must be a positive integer')
  const seen = new Set<string>()
  const slots = new Map<number, string[]>()
  // Slots up to this one are gone; what would lie in them is refused.
  let floor = Number.NEGATIVE_INFINITY

  function dropUpTo(last: number) {
    if (last <= floor) return
    floor = last
    for (const [slot, keys] of slots) {
      if (slot > last) continue
      for (const key of keys) seen.delete(key)
      slots.delete(slot)
    }
  }

  return {
    firstUse(jkt, jti, expiresAt) {
      const now = clock.now()
      dropUpTo(Math.floor(now / slotMs))
      const slot = Math.ceil(expiresAt / slotMs)
      if (!(expiresAt > now) || !(slot > floor)) return false
      // Hashed so that every entry has the same size, whatever the sender chose.
      const key = hash('sha256', `${jkt}.${jti}`, 'base64url')
      if (seen.has(key)) return false
      if (seen.size >= maxEntries) {
        dropUpTo(Math.min(...slots.keys()))
        if (slot <= floor) return false
      }
      seen.add(key)
      const keys = slots.get(slot)
      if (keys) keys.push(key)
      else slots.set(slot, [key])
      return true
    },
  }
}

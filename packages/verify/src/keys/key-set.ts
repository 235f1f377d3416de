import type { KeyObject } from 'node:crypto'
import type { Algorithm } from '../jws/algorithm.ts'
import type { LoadedKeys, PublishedKey } from './load.ts'

/** An issuer's keys, as far as they are known at this moment. */
export type KeySet = {
  /**
   * Whether {@link KeySet.find} may be used as it is, without waiting. Starts fetching in the background when the keys
   * grow old.
   */
  usable(now: number): boolean
  /** Waits until the keys are usable. @throws KeysUnavailable */
  ensure(now: number): Promise<void>
  find(kid: string, alg: Algorithm): KeyObject | undefined
  /** Asks again because of a `kid` that is not known, unless the budget is spent. */
  refetch(now: number): Promise<void>
  /** Another number whenever the keys are no longer the same: what was verified before has to be verified again. */
  epoch(): number
}

export class KeysUnavailable extends Error {}

const minute = 60_000
const maxFetchesPerMinute = 2
const coldRetryMs = 1_000
/** How long a failed attempt spares requests from waiting for another; an idle service asks anew. */
const failureMs = 2 * minute
/** How long old keys go on being used while the issuer does not answer. */
const staleMs = 24 * 60 * minute

/**
 * Keeps an issuer's keys in memory.
 *
 * - Fresh for as long as the answer said; fetched anew in the background during the last fifth of that time, so that a
 *   busy service never waits.
 * - At most two fetches in any minute, whatever the reason, one at a time; while there are no keys at all, one a second.
 * - When a fetch fails, the old keys serve for up to 24 hours more, and no request waits for the next attempt.
 */
export function createKeySet(load: () => Promise<LoadedKeys>): KeySet {
  let keys: readonly PublishedKey[] = []
  let loaded: { at: number; maxAgeMs: number } | undefined
  let failedAt = Number.NEGATIVE_INFINITY
  let epoch = 0
  let starts: readonly number[] = []
  let inFlight: Promise<void> | undefined

  // Starts that lie in the future were written before the clock was set back, and count no more.
  const startsBefore = (now: number) => starts.filter((start) => start <= now)

  function mayFetch(now: number): boolean {
    const past = startsBefore(now)
    const latest = past.at(-1) ?? Number.NEGATIVE_INFINITY
    if (isLost(now)) return now - latest >= coldRetryMs
    const nth = past.at(-maxFetchesPerMinute) ?? Number.NEGATIVE_INFINITY
    return now - nth >= minute
  }

  function refresh(now: number): Promise<void> {
    if (inFlight) return inFlight
    starts = [...startsBefore(now), now].slice(-maxFetchesPerMinute)
    inFlight = load()
      .then(
        (answer) => accept(answer, now),
        () => {
          failedAt = now
        },
      )
      .finally(() => {
        inFlight = undefined
      })
    return inFlight
  }

  function accept(answer: LoadedKeys, now: number) {
    if (fingerprint(answer.keys) !== fingerprint(keys)) epoch++
    keys = answer.keys
    loaded = { at: now, maxAgeMs: answer.maxAgeSeconds * 1000 }
    failedAt = Number.NEGATIVE_INFINITY
  }

  function age(now: number): 'none' | 'fresh' | 'ageing' | 'stale' | 'dead' {
    if (!loaded) return 'none'
    const passed = now - loaded.at
    if (passed >= loaded.maxAgeMs + staleMs) return 'dead'
    // Before it was fetched: the clock was set back, and how old it is cannot be told.
    if (passed >= loaded.maxAgeMs || passed < 0) return 'stale'
    return passed >= loaded.maxAgeMs * 0.8 ? 'ageing' : 'fresh'
  }

  /** Nothing to verify with. */
  function isLost(now: number): boolean {
    const state = age(now)
    return state === 'none' || state === 'dead'
  }

  function usable(now: number): boolean {
    const state = age(now)
    if (state === 'fresh') return true
    if (isLost(now)) return false
    const fetchable = !inFlight && mayFetch(now)
    if (state === 'ageing' || now - failedAt < failureMs) {
      if (fetchable) void refresh(now)
      return true
    }
    // Stale, and nobody has tried lately: worth waiting for, unless the budget is spent and there is nothing to wait for.
    return !fetchable && !inFlight
  }

  return {
    usable,
    async ensure(now) {
      if (usable(now)) return
      if (inFlight || mayFetch(now)) await refresh(now)
      if (isLost(now)) throw new KeysUnavailable('the keys of the issuer cannot be had')
    },
    find: (kid, alg) => keys.find((key) => key.kid === kid && key.algorithms.includes(alg))?.key,
    async refetch(now) {
      if (inFlight || mayFetch(now)) await refresh(now)
    },
    epoch: () => epoch,
  }
}

function fingerprint(keys: readonly PublishedKey[]): string {
  return JSON.stringify(keys.map(({ kid, thumbprint, algorithms }) => [kid, thumbprint, algorithms]))
}

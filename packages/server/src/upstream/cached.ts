import type { Clock } from '../clock.ts'

export interface CachedOptions<T> {
  load: () => Promise<T>
  clock: Clock
  /** Milliseconds a value is handed out without a second thought. */
  freshMs: number
  /** Milliseconds after which a value is not handed out any more; between the two it is renewed behind the scenes. */
  staleMs: number
  /** Milliseconds a failure is remembered: until then it is repeated, not tried again. */
  coolDownMs: number
  /** Told of failed renewals that nobody waits for. */
  onBackgroundFailure?: (error: unknown) => void
}

export interface Cached<T> {
  get(): Promise<T>
  /** Loads anew, joining a load under way; the cool-down after a failure holds here too. */
  renew(): Promise<T>
}

/** Something fetched that many callers share: one load at a time, however many ask. */
export function createCached<T>(options: CachedOptions<T>): Cached<T> {
  const { load, clock, freshMs, staleMs, coolDownMs, onBackgroundFailure } = options
  let held: { value: T; at: number } | undefined
  let failed: { error: unknown; at: number } | undefined
  let loading: Promise<T> | undefined

  const within = (at: number, ms: number): boolean => {
    const age = clock.now() - at
    return age >= 0 && age < ms
  }
  const renew = (): Promise<T> => {
    if (loading !== undefined) return loading
    if (failed !== undefined && within(failed.at, coolDownMs)) return Promise.reject(failed.error)
    const attempt = load().then(
      (value) => {
        loading = undefined
        held = { value, at: clock.now() }
        failed = undefined
        return value
      },
      (error: unknown) => {
        loading = undefined
        failed = { error, at: clock.now() }
        throw error
      },
    )
    loading = attempt
    return attempt
  }

  return {
    renew,
    async get() {
      if (held !== undefined && within(held.at, freshMs)) return held.value
      if (held === undefined || !within(held.at, staleMs)) return renew()
      // A failure within its cool-down was reported when it happened.
      if (loading === undefined && !(failed !== undefined && within(failed.at, coolDownMs))) {
        renew().catch((error: unknown) => onBackgroundFailure?.(error))
      }
      return held.value
    },
  }
}

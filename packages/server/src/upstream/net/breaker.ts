import type { Clock } from '../../clock.ts'
import { UpstreamError } from '../contract.ts'
import { outage } from '../failures.ts'
import type { GuardedFetch } from './guarded-fetch.ts'

export interface BreakerOptions {
  clock: Clock
  /** Outages in a row that open it. Default 5. */
  threshold?: number
  /** Milliseconds it stays open the first time; doubled by each failed probe. Default 2,000. */
  openMs?: number
  /** Default 30,000. */
  maxOpenMs?: number
  /** Calls under way at once, more are refused: what a hanging provider may hold. Default 512. */
  maxInFlight?: number
  /** Told when it opens and when it closes. */
  onChange?: ((open: boolean) => void) | undefined
}

/**
 * Wraps a provider's fetch so that a provider that is out costs next to nothing: after `threshold` outages in
 * a row every call is refused at once, until one probe has been let through and answered.
 *
 * An outage is a connection that fails, a timeout, or an answer 502, 503 or 504. An answer 500 is none: some
 * providers give it to a made-up code, and anybody can make up codes.
 *
 * @throws UpstreamError `temporarily_unavailable`: `breaker_open`, `too_many_calls`
 */
export function withBreaker(fetch: GuardedFetch, options: BreakerOptions): GuardedFetch {
  const { clock, threshold = 5, openMs = 2_000, maxOpenMs = 30_000, maxInFlight = 512, onChange } = options
  let outages = 0
  let inFlight = 0
  let opened: { until: number; forMs: number; probing: boolean } | undefined

  const admit = (): 'call' | 'probe' => {
    if (inFlight >= maxInFlight) throw outage('too_many_calls')
    if (opened === undefined) return 'call'
    if (opened.probing || clock.now() < opened.until) throw outage('breaker_open')
    opened.probing = true
    return 'probe'
  }
  const open = (forMs: number): void => {
    if (opened === undefined) onChange?.(true)
    opened = { until: clock.now() + forMs, forMs, probing: false }
  }
  // While it is open only the probe's outcome counts: the others began before.
  const record = (kind: 'call' | 'probe', out: boolean): void => {
    if (opened !== undefined && kind === 'call') return
    if (!out) {
      outages = 0
      if (opened !== undefined) onChange?.(false)
      opened = undefined
    } else if (opened !== undefined) open(Math.min(opened.forMs * 2, maxOpenMs))
    else if (++outages >= threshold) open(openMs)
  }

  return async (url, init) => {
    const kind = admit()
    inFlight++
    try {
      const response = await fetch(url, init)
      record(kind, response.status >= 502 && response.status <= 504)
      return response
    } catch (error) {
      record(kind, error instanceof UpstreamError && error.failure === 'temporarily_unavailable')
      throw error
    } finally {
      inFlight--
    }
  }
}

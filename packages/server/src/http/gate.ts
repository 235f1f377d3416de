import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Clock } from '../clock.ts'
import { ApiError } from '../errors.ts'
import type { Logger } from '../logging.ts'
import { retrySoon } from './errors.ts'
import { budgetOf, lookMs, nextAllowance, type Work, works } from './overload.ts'

/** Lets in as much as can be done in time. */
export interface Gate {
  /** False: turn it away. Whoever was let in must leave. */
  enter(work: Work): boolean
  leave(work: Work): void
  /** Does it if it is let in. @throws ApiError `temporarily_unavailable` */
  within<T>(work: Work, task: () => Promise<T>): Promise<T>
  /** How many of each are under way. */
  counts(): Record<Work, number>
  close(): void
}

export interface GateDeps {
  clock: Clock
  logger: Logger
  /** Told of each request that is turned away. */
  shed?: ((work: Work) => void) | undefined
  /** Default: that of this process. */
  delay?: LoopDelay
  /** Does something once the turn of the event loop is over. Default: `setImmediate`. */
  afterTurn?: (task: () => void) => void
}

/** How late the event loop is. */
export interface LoopDelay {
  /** The mean since the last call, in milliseconds; undefined when it has not turned since. */
  take(): number | undefined
  close(): void
}

/** Milliseconds between two lines in the log. */
const tellMs = 10_000

/** What somebody who is turned away is told. */
export const overloadText = 'Latchkey has too much to do right now. Try again in a moment.'

export function createGate(deps: GateDeps): Gate {
  const { clock, logger, shed, delay = createLoopDelay() } = deps
  const { afterTurn = (task: () => void) => void setImmediate(task) } = deps
  const inFlight = perWork()
  /** In this turn of the event loop, since the last look. */
  const done = perWork()
  let turnEnds = false
  let turnedAway = perWork()
  let allowance = 1
  let silentMs = 0
  let lookedAt = clock.now()
  let toldAt = Number.NEGATIVE_INFINITY

  function look(): void {
    const now = clock.now()
    const elapsedMs = now - lookedAt
    if (elapsedMs >= 0 && elapsedMs < lookMs) return
    lookedAt = now
    // With a thousand sockets that are ready at once, a turn of the event loop can take seconds.
    forget()
    const delayMs = delay.take()
    // Nothing was measured: it has not turned since, and is as late as that.
    silentMs = delayMs === undefined ? silentMs + Math.max(0, elapsedMs) : 0
    allowance = nextAllowance(allowance, { delayMs: delayMs ?? silentMs, elapsedMs })
    if (now - toldAt < tellMs || works.every((work) => turnedAway[work] === 0)) return
    toldAt = now
    logger.warn({ requests: turnedAway, allowance }, 'overloaded: requests were turned away')
    turnedAway = perWork()
  }

  function forget(): void {
    for (const work of works) done[work] = 0
  }

  function endTurn(): void {
    turnEnds = false
    forget()
  }

  function enter(work: Work): boolean {
    look()
    // Where the event loop is late, what was done in its present turn counts: all that came with it has waited for it.
    const late = allowance < 1 ? done[work] : 0
    if (inFlight[work] + late >= budgetOf(work, allowance)) {
      turnedAway[work] += 1
      shed?.(work)
      return false
    }
    inFlight[work] += 1
    return true
  }

  function leave(work: Work): void {
    inFlight[work] -= 1
    done[work] += 1
    if (turnEnds) return
    turnEnds = true
    afterTurn(endTurn)
  }

  return {
    enter,
    leave,
    async within(work, task) {
      if (!enter(work)) {
        throw new ApiError('temporarily_unavailable', {
          ...{ status: 503, description: overloadText, headers: retrySoon(), quiet: true },
        })
      }
      try {
        return await task()
      } finally {
        leave(work)
      }
    },
    counts: () => ({ ...inFlight }),
    close: () => delay.close(),
  }
}

const perWork = (): Record<Work, number> => ({
  ...{ refresh: 0, api: 0, proxy: 0, redeem: 0, callback: 0, authorize: 0 },
})

/** Milliseconds between two samples. */
const resolution = 20

/** Sampled outside of JavaScript: while nothing happens, nothing runs. */
export function createLoopDelay(): LoopDelay {
  const samples = monitorEventLoopDelay({ resolution })
  samples.enable()
  return {
    take() {
      if (samples.count === 0) return undefined
      const delayMs = Math.max(0, samples.mean / 1e6 - resolution)
      samples.reset()
      return delayMs
    },
    close: () => void samples.disable(),
  }
}

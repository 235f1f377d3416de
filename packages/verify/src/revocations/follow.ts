import { randomInt } from 'node:crypto'
import { UnexpectedAnswer } from '../fetch-json.ts'
import { Refused } from '../token/check.ts'
import { createEndedSessions } from './ended.ts'
import type { FeedPage } from './load.ts'
import type { RevocationsConfig } from './options.ts'

/** How well a verifier knows which sessions have ended. */
export type RevocationsState = {
  /** How many ended sessions it remembers. */
  readonly sessions: number
  /** When it last knew the feed to its end, in milliseconds; absent: never yet. Later ends may be unknown. */
  readonly followedAt?: number
  /** How many attempts have failed since one succeeded. */
  readonly failures: number
  /** Why the last of them failed. */
  readonly error?: unknown
  /** How many sessions it forgot before their time, for want of room (`maxSessions`), since it was made. */
  readonly dropped: number
}

export type Follower = {
  /** Whether {@link Follower.check} may be asked without waiting. */
  begun(): boolean
  /** Begins to follow; resolves when the first attempt has come out, or has taken too long. */
  begin(): Promise<void>
  /** @throws Refused `revoked`; `check_unavailable` when it cannot be told and must be */
  check(sid: string, now: number): void
  /** Asks now. One attempt at a time: whoever calls during one gets that one. Never rejects. */
  refresh(): Promise<RevocationsState>
  state(): RevocationsState
  close(): void
}

/** Pages of one attempt: a million sessions. */
const maxPages = 1_000
/** The longest pause between attempts that fail, unless they come more rarely anyway. */
const longestPauseMs = 60_000
/** How much later than now an end may be: our clock may be late. */
const futureMs = 300_000

/**
 * Follows a revocation feed in the background, from where it stood: an outage is caught up with. Its timer keeps no process
 * alive.
 *
 * - What cannot be read because nobody answers refuses nobody, unless `maxStaleSeconds` says so.
 * - What is answered, from the first attempt on, by something that is not the feed, or that refuses us (a wrong secret, an older
 *   Latchkey), is a mistake and no outage: until it is mended nobody is let in.
 */
export function createFollower(
  config: Pick<RevocationsConfig, 'everyMs' | 'maxStaleMs' | 'maxSessions' | 'onState'> & {
    timeoutMs: number
  },
  deps: {
    readonly load: (cursor: string | undefined, now: number, stop: AbortSignal) => Promise<FeedPage>
    readonly clock: { now(): number }
    /** From 0 to 1, for pauses. */
    readonly random?: () => number
  },
): Follower {
  const { load, clock, random = () => randomInt(1_000_001) / 1_000_000 } = deps
  const sessions = createEndedSessions(config.maxSessions)
  const stop = new AbortController()
  let cursor: string | undefined
  let followedAt: number | undefined
  let failures = 0
  let error: unknown
  let first: Promise<void> | undefined
  let begun = false
  let inFlight: Promise<RevocationsState> | undefined
  let timer: NodeJS.Timeout | undefined

  const state = (): RevocationsState => ({
    sessions: sessions.size(),
    ...(followedAt === undefined ? {} : { followedAt }),
    failures,
    ...(failures === 0 ? {} : { error }),
    dropped: sessions.dropped(),
  })

  function refresh(): Promise<RevocationsState> {
    if (stop.signal.aborted) return Promise.resolve(state())
    inFlight ??= attempt().finally(() => {
      inFlight = undefined
      schedule()
    })
    return inFlight
  }

  async function attempt(): Promise<RevocationsState> {
    const before = { failing: failures > 0, dropped: sessions.dropped() }
    try {
      await readToEnd(clock.now())
      failures = 0
    } catch (cause) {
      if (stop.signal.aborted) return state()
      failures++
      error = cause
    }
    if (before.failing !== failures > 0 || before.dropped !== sessions.dropped()) tell()
    return state()
  }

  async function readToEnd(now: number): Promise<void> {
    sessions.forget(now)
    for (let pages = 0; pages < maxPages; pages++) {
      const page = await load(cursor, clock.now(), stop.signal)
      for (const { sid, at } of page.ended) sessions.add(sid, Math.min(at, now + futureMs) + page.reachMs)
      cursor = page.cursor
      if (!page.more) {
        followedAt = now
        return
      }
    }
  }

  function tell(): void {
    try {
      config.onState?.(state())
    } catch {
      // Whoever listens must not end the following.
    }
  }

  function schedule(): void {
    clearTimeout(timer)
    if (stop.signal.aborted) return
    timer = setTimeout(refresh, pauseMs(config.everyMs, failures, random())).unref()
  }

  /** Whatever answered from the start, it was not the feed. */
  const isMistaken = (): boolean =>
    cursor === undefined &&
    error instanceof UnexpectedAnswer &&
    error.status < 500 &&
    !passing.has(error.status)

  return {
    begun: () => begun,
    begin() {
      first ??= within(config.timeoutMs, refresh()).finally(() => {
        begun = true
      })
      return first
    },
    check(sid, now) {
      if (sessions.has(sid)) throw new Refused('revoked')
      const staleMs = now - (followedAt ?? Number.NEGATIVE_INFINITY)
      if (isMistaken() || config.maxStaleMs < staleMs) throw new Refused('check_unavailable', error)
    },
    refresh,
    state,
    close() {
      stop.abort()
      clearTimeout(timer)
    },
  }
}

/** Request timeout, too many requests: they pass. */
const passing: ReadonlySet<number> = new Set([408, 429])

/** Spread by a tenth; after failures twice as long each time, spread by half, so that not everybody returns at once. */
export function pauseMs(everyMs: number, failures: number, random: number): number {
  if (failures === 0) return everyMs * (0.9 + 0.2 * random)
  const longest = Math.max(everyMs, longestPauseMs)
  return Math.min(longest, everyMs * 2 ** failures) * (0.5 + 0.5 * random)
}

async function within(timeoutMs: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise((resolve) => {
    timer = setTimeout(resolve, timeoutMs)
  })
  await Promise.race([work, timeout]).finally(() => clearTimeout(timer))
}

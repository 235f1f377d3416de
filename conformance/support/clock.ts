/** A clock that stands still until it is turned. */
export interface TestClock {
  now(): number
  /** Milliseconds. */
  advance(by: number): void
}

/** Starts at the real time: independent peers in the same test have no other. */
export function testClock(start: number = Date.now()): TestClock {
  let time = start
  return {
    now: () => time,
    advance(by) {
      time += by
    },
  }
}

/** The real time, for tests among independent peers that know no other and may take a while. */
export function runningClock(): TestClock {
  let ahead = 0
  return {
    now: () => Date.now() + ahead,
    advance(by) {
      ahead += by
    },
  }
}

/** What a server does in the background, done as the clock is turned. */
export interface TestTimers {
  after(ms: number, task: () => Promise<void>): () => void
  /** Turns the clock, from one task that is due to the next, and waits for each. */
  pass(ms: number): Promise<void>
}

export function testTimers(clock: TestClock): TestTimers {
  const waiting = new Set<{ at: number; task: () => Promise<void> }>()
  return {
    after(ms, task) {
      const entry = { at: clock.now() + ms, task }
      waiting.add(entry)
      return () => void waiting.delete(entry)
    },
    async pass(ms) {
      const end = clock.now() + ms
      for (;;) {
        const [next] = [...waiting].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)
        if (next === undefined) break
        waiting.delete(next)
        clock.advance(Math.max(0, next.at - clock.now()))
        await next.task()
      }
      clock.advance(Math.max(0, end - clock.now()))
    },
  }
}

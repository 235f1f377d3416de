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

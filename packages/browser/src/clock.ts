/** The server's time, as far as it is known. */
export interface Clock {
  /** Milliseconds since 1970: the server's once `set`, the device's before. */
  now(): number
  /** Takes the server's time (ms) as told just now; answers how far off the device's own clock is (ms). */
  set(serverTime: number): number
  /** False once the device has slept or its clock was moved: what was measured before may be off. */
  steady(): boolean
  /** Milliseconds since anything, for measuring how long. */
  elapsed(): number
}

/**
 * @param wall the device's clock, ms since 1970 (`Date.now`); may be wrong by days
 * @param monotonic ms since anything (`performance.now`); nobody can move it, but it may stop while the device sleeps
 */
export function createClock(wall: () => number, monotonic: () => number): Clock {
  let offset: number | undefined
  let drift = 0
  return {
    now: () => (offset === undefined ? wall() : monotonic() + offset),
    set(serverTime) {
      offset = serverTime - monotonic()
      drift = wall() - monotonic()
      return Math.abs(serverTime - wall())
    },
    elapsed: monotonic,
    steady: () => Math.abs(wall() - monotonic() - drift) < 30_000,
  }
}

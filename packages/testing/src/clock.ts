/** The one source of time; hand in your own to turn it by hand. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

/** Whole seconds since the epoch, as JWT claims count them. */
export const seconds = (clock: Clock): number => Math.floor(clock.now() / 1000)

import type { Timers } from '../background.ts'

/** Milliseconds, between half of it and all of it by chance, so that those who wait together do not come together. */
export const jittered = (ms: number, random: () => number): number => Math.round(ms * (0.5 + random() / 2))

/** The process does not end meanwhile. */
export const pause = (timers: Timers, ms: number): Promise<void> =>
  new Promise((resolve) => {
    timers.after(ms, async () => resolve(), { keepsAlive: true })
  })

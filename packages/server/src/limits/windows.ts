/** Milliseconds of a window. It begins with the first that it counts. */
export const windowMs = 60_000

/** How often something happened in the window that is open for it. */
export interface Counted {
  count: number
  /** Milliseconds until the window ends. */
  endsInMs: number
}

/** Counters by key, each for a minute. Nothing is decided by them but how long somebody waits. */
export interface Windows {
  /** Counts one more, and says how many there are now. May reject when the counters are elsewhere. */
  add(key: string): Counted | Promise<Counted>
  close(): Promise<void>
}

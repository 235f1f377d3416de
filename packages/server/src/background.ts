/** What is done later. Handed in beside the clock, so that tests turn both. */
export interface Timers {
  /** Does a task once, so many milliseconds from now, unless the function that it gives is called before. */
  after(ms: number, task: () => Promise<void>): () => void
}

/** Whatever waits keeps no process alive. */
export const systemTimers: Timers = {
  after(ms, task) {
    const timer = setTimeout(() => void task(), ms).unref()
    return () => clearTimeout(timer)
  },
}

/**
 * Does a task again and again, one round at a time, until the function that it gives is called. A round that fails does
 * not end it; one that is under way then is not reported any more.
 */
export function keepDoing(
  task: (stop: AbortSignal) => Promise<void>,
  how: { timers: Timers; firstMs: number; everyMs: number; onError: (error: unknown) => void },
): () => void {
  const stop = new AbortController()
  let cancel = how.timers.after(how.firstMs, round)

  async function round() {
    try {
      await task(stop.signal)
    } catch (error) {
      if (!stop.signal.aborted) how.onError(error)
    }
    if (!stop.signal.aborted) cancel = how.timers.after(how.everyMs, round)
  }

  return () => {
    stop.abort()
    cancel()
  }
}

/** What is done later. Handed in beside the clock, so that tests turn both. */
export interface Timers {
  /**
   * Does a task once, so many milliseconds from now, unless the function that it gives is called before. The process may
   * end meanwhile, but for one that `keepsAlive`.
   */
  after(ms: number, task: () => Promise<void>, options?: { keepsAlive?: boolean }): () => void
}

export const systemTimers: Timers = {
  after(ms, task, { keepsAlive = false } = {}) {
    const timer = setTimeout(() => void task(), ms)
    if (!keepsAlive) timer.unref()
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

/** What the work gives. Rejects when that takes longer than so many milliseconds; the work itself goes on. */
export async function within<T>(ms: number, work: () => Promise<T> | T): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([Promise.resolve().then(work), late])
  } finally {
    clearTimeout(timer)
  }
}

/** Faults that take time: each ends by itself, when the client hangs up, and when the provider closes. */
export interface Patience {
  /** Waits until the longest time is over, or the client or the provider leaves. */
  hold(hungUp: AbortSignal): Promise<void>
  /** Sends `text` a byte at a time, and stops short when the longest time is over or the provider closes. */
  drip(text: string): ReadableStream<Uint8Array>
}

export interface Slowness {
  /** Milliseconds between two bytes. Default 250. */
  stepMilliseconds?: number
  /** Milliseconds until a slow or hanging answer ends by itself. Default 30,000. */
  longestMilliseconds?: number
}

export const createPatience = (options: { closing: AbortSignal; slowness?: Slowness }): Patience => {
  const { closing } = options
  const step = options.slowness?.stepMilliseconds ?? 250
  const longest = options.slowness?.longestMilliseconds ?? 30_000

  /** Resolves after `milliseconds`, or at once when one of the signals aborts. */
  const pause = (milliseconds: number, signals: readonly AbortSignal[]): Promise<void> =>
    new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer)
        for (const signal of signals) signal.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, milliseconds)
      for (const signal of signals) signal.addEventListener('abort', done)
      if (signals.some((signal) => signal.aborted)) done()
    })

  return {
    hold: (hungUp) => pause(longest, [closing, hungUp]),
    drip: (text) => {
      const bytes = new TextEncoder().encode(text)
      const cancelled = new AbortController()
      const steps = Math.min(bytes.length, Math.floor(longest / step))
      let sent = 0
      return new ReadableStream<Uint8Array>(
        {
          pull: async (controller) => {
            if (sent >= steps) {
              controller.close()
              return
            }
            await pause(step, [closing, cancelled.signal])
            if (cancelled.signal.aborted) return
            if (closing.aborted) {
              // Ended and not failed: over a socket the connection is gone anyway, and nobody's log is to be filled.
              controller.close()
              return
            }
            controller.enqueue(bytes.subarray(sent, sent + 1))
            sent += 1
          },
          cancel: () => cancelled.abort(),
        },
        { highWaterMark: 0 },
      )
    },
  }
}

/** What a number of operations took. */
export interface Load {
  done: number
  seconds: number
  /** Message -> how often. */
  errors: Map<string, number>
}

export interface LoadOptions {
  count: number
  /** How many are under way at once. */
  width: number
  /** No further one begins after this. */
  timeoutMs: number
}

/** Runs `one` `count` times, `width` at once. Errors are counted, not thrown; after 20 it gives up. */
export async function runLoad(
  one: () => Promise<unknown>,
  { count, width, timeoutMs }: LoadOptions,
): Promise<Load> {
  const errors = new Map<string, number>()
  const began = performance.now()
  let begun = 0
  let done = 0
  let failed = 0

  async function lane(): Promise<void> {
    while (begun < count && failed < 20) {
      if (performance.now() - began > timeoutMs) {
        failed = 20
        errors.set(`not done within ${timeoutMs} ms`, count - done)
        return
      }
      begun++
      try {
        await one()
        done++
      } catch (error) {
        failed++
        const message = error instanceof Error ? error.message : String(error)
        errors.set(message, (errors.get(message) ?? 0) + 1)
      }
    }
  }

  await Promise.all(Array.from({ length: Math.min(width, count) }, lane))
  return { done, seconds: (performance.now() - began) / 1000, errors }
}

/**
 * Runs `work` while no other tab does, waiting at most 5 s for one that hangs. The server gives every racer the same
 * successor, so this saves requests and is not needed to be right.
 */
export async function alone(name: string, work: () => Promise<void>): Promise<void> {
  let entered = false
  try {
    await navigator.locks.request(name, { signal: AbortSignal.timeout(5_000) }, () => {
      entered = true
      return work()
    })
  } catch (error) {
    if (entered) throw error
    await work()
  }
}

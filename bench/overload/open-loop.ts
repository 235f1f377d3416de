import { setTimeout as wait } from 'node:timers/promises'

/** What came at a rate that no answer slows down. */
export interface Offered {
  /** As it was: a load generator that cannot keep up says so here. */
  perSecond: number
  seconds: number
}

/** Milliseconds between two looks at the clock. */
const tickMs = 2
/** At once: each has a socket or two, and files are not without end. What would be more is not begun. */
const most = 4_000

/**
 * Begins `one` so many times a second, whatever becomes of those before, and waits for all of them at the end.
 * `one` must not reject.
 */
export async function offer(
  one: () => Promise<void>,
  { perSecond, seconds }: { perSecond: number; seconds: number },
): Promise<Offered> {
  const began = performance.now()
  const all = Math.round(perSecond * seconds)
  const underWay = new Set<Promise<void>>()
  let due = 0
  let begun = 0
  function begin(): void {
    if (underWay.size >= most) return
    begun += 1
    const work: Promise<void> = one().finally(() => underWay.delete(work))
    underWay.add(work)
  }
  while (due < all) {
    const elapsed = (performance.now() - began) / 1000
    // What a busy moment has kept back is offered a little later, but not all of it at once for ever.
    if (elapsed > seconds * 1.5) break
    const until = Math.min(all, Math.floor(elapsed * perSecond))
    for (; due < until; due++) begin()
    await wait(tickMs)
  }
  const took = (performance.now() - began) / 1000
  await Promise.all(underWay)
  return { perSecond: begun / took, seconds: took }
}

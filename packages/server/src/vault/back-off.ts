import type { TransientKind } from './failure.ts'

const second = 1000
const minute = 60 * second

const spans: Record<TransientKind, { first: number; most: number }> = {
  outage: { first: 2 * second, most: 5 * minute },
  settings: { first: 5 * minute, most: 60 * minute },
  rate_limit: { first: minute, most: 15 * minute },
}

/**
 * Milliseconds until the provider is asked again: doubling with each failure in a row, up to a quarter less by chance, so
 * that what failed together does not come back together. What the provider asks for is kept, and up to a quarter more.
 */
export function backOff(
  kind: TransientKind,
  /** In a row, this one not among them. */
  failures: number,
  { retryAfterMs, random }: { retryAfterMs?: number /** In [0, 1). */; random: () => number },
): number {
  if (retryAfterMs !== undefined) return Math.round(retryAfterMs * (1 + random() / 4))
  const { first, most } = spans[kind]
  return Math.round(Math.min(first * 2 ** Math.min(failures, 30), most) * (1 - random() / 4))
}

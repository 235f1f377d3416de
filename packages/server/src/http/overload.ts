/**
 * What is asked for, in the order in which it is given up when there is more than can be done: the last is turned away
 * first, since a sign-in that has not begun loses nothing and somebody who is signed in would lose their session.
 */
export const works = ['refresh', 'api', 'proxy', 'redeem', 'callback', 'authorize'] as const
export type Work = (typeof works)[number]

interface Budget {
  /** Requests at once while all is well. */
  most: number
  /** However bad it is. */
  least: number
  /** How fast it shrinks: the higher, the sooner. */
  weight: number
}

/**
 * The most is no aim: it bounds memory where a provider hangs. Between two looks the least of all together is done in about
 * the time that may be late; a thousand refreshes that four processes share are let in at once however busy the machine is.
 */
const budgets: Record<Work, Budget> = {
  refresh: { most: 2048, least: 512, weight: 1 },
  api: { most: 2048, least: 512, weight: 1 },
  proxy: { most: 2048, least: 128, weight: 2 },
  redeem: { most: 1024, least: 128, weight: 2 },
  callback: { most: 1024, least: 64, weight: 3 },
  authorize: { most: 1024, least: 64, weight: 4 },
}

/** How many of a kind may be under way. @param allowance how much of everything is allowed: 1 while all is well, towards 0 */
export function budgetOf(work: Work, allowance: number): number {
  const { most, least, weight } = budgets[work]
  return Math.max(least, Math.floor(most * allowance ** weight))
}

/** Milliseconds between two looks, and the mean delay of the event loop that is too much, and that is little enough. */
export const lookMs = 100
const lateMs = 150
const promptMs = 75

/** Less at once is allowed for as long as the event loop is late, on average since the last look, and more again when it is not. */
export function nextAllowance(
  allowance: number,
  { delayMs, elapsedMs }: { delayMs: number; elapsedMs: number },
): number {
  if (delayMs > lateMs) return Math.max(0.05, allowance * 0.7)
  if (delayMs >= promptMs) return allowance
  // Looks are taken when requests come: after an hour of silence one makes up for all that there could have been.
  return Math.min(1, allowance * 1.1 ** (Math.max(0, elapsedMs) / lookMs))
}

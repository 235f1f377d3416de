const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** Pauses after the first, the second, ... attempt that failed; the last one from then on. */
const pauses = [
  ...[5 * second, 30 * second],
  ...[2 * minute, 10 * minute, 30 * minute],
  ...[hour, 2 * hour, 5 * hour, 10 * hour, 12 * hour],
]
const lastPause = 12 * hour
/** How long a message waits for a receiver that is down. */
export const patienceMs = 7 * 24 * hour

/**
 * When to try again, after so many attempts: a fifth earlier or later, so that what failed together does not come
 * together, and not before the receiver said. Undefined when the message has waited long enough.
 *
 * @param random from 0 to 1
 */
export function nextAttempt(
  message: { createdAt: number; attempts: number },
  now: number,
  random: number,
  retryAfterMs = 0,
): number | undefined {
  const pause = pauses[Math.max(0, message.attempts - 1)] ?? lastPause
  const at = now + Math.max(retryAfterMs, Math.round(pause * (0.8 + 0.4 * random)))
  return at - message.createdAt > patienceMs ? undefined : at
}

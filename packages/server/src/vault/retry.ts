const second = 1000
const first = 30 * second
const most = 3600 * second
/** After that many it has been a day. */
const attempts = 30

/**
 * Milliseconds until a provider is asked again to revoke, after so many attempts: 30 s, doubling, at most an hour.
 * Undefined after about a day: then it is given up.
 */
export const retryIn = (attempt: number): number | undefined =>
  attempt > attempts ? undefined : Math.min(first * 2 ** (Math.max(attempt, 1) - 1), most)

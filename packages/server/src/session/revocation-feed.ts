/** Where a follower of the revocation feed stands. Times in milliseconds. */
export interface FeedPlace {
  /** Ends later than this are to come; with `after`, also those of this very time whose id comes later. */
  since: number
  after?: string
  /** When the present round began: a round is read to its end, page by page. */
  round: number
}

/** An end may come to light that much later than its time: each round asks for as much again. */
const overlapMs = 60_000
/** What verifiers may tolerate, and as much again for clocks and answers under way, in seconds. */
const slackSeconds = 120

/** How long after a session's end one of its access tokens may still pass somewhere, in seconds: the feed's reach. */
export const reachOf = (tokens: { accessTokenSeconds: number }): number =>
  tokens.accessTokenSeconds + slackSeconds

const shape = /^(\d{1,15})(?:\.(\d{1,15})\.([A-Za-z0-9_-]{1,64}))?$/

/**
 * The place that a cursor names, no further back than the feed reaches; without a cursor as far back as that.
 * Undefined when it is none of ours.
 */
export function readPlace(cursor: string | undefined, now: number, reachMs: number): FeedPlace | undefined {
  const oldest = now - reachMs
  if (cursor === undefined) return { since: oldest, round: now }
  const [, since, round, after] = shape.exec(cursor) ?? []
  if (since === undefined) return undefined
  if (round === undefined || after === undefined) {
    // Not ahead of what may yet come to light, whatever the clock said when the cursor was made.
    return { since: Math.min(Math.max(Number(since), oldest), now - overlapMs), round: now }
  }
  if (Number(since) < oldest) return { since: oldest, round: Math.min(Number(round), now) }
  return { since: Number(since), after, round: Math.min(Number(round), now) }
}

/** The cursor behind a page: further into the round, or at its end to the beginning of the next. */
export function nextCursor(
  { round }: FeedPlace,
  page: readonly { id: string; revokedAt: number }[],
  limit: number,
): { cursor: string; more: boolean } {
  const last = page.at(-1)
  if (last === undefined || page.length < limit) return { cursor: String(round - overlapMs), more: false }
  return { cursor: `${last.revokedAt}.${round}.${last.id}`, more: true }
}

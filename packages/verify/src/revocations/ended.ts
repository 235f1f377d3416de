/** The sessions that are known to have ended, while tokens of theirs may still be alive. Times in milliseconds. */
export type EndedSessions = {
  has(sid: string): boolean
  /** Remembers a session until then. One that is known stays as it is. */
  add(sid: string, until: number): void
  /** Drops those whose time is over. */
  forget(now: number): void
  size(): number
  /** How many were dropped before their time, because there were too many. */
  dropped(): number
}

/**
 * Remembers at most `max` sessions; beyond, those that came first go first: their tokens are the closest to expiring.
 * They come in the order of their ends, or nearly so, and leave in the order in which they came.
 */
export function createEndedSessions(max: number): EndedSessions {
  const sessions = new Map<string, number>()
  let dropped = 0
  return {
    has: (sid) => sessions.has(sid),
    add(sid, until) {
      if (sessions.has(sid)) return
      if (sessions.size >= max) {
        const [[oldest] = []] = sessions
        if (oldest !== undefined) sessions.delete(oldest)
        dropped++
      }
      sessions.set(sid, until)
    },
    forget(now) {
      for (const [sid, until] of sessions) {
        if (until > now) return
        sessions.delete(sid)
      }
    },
    size: () => sessions.size,
    dropped: () => dropped,
  }
}

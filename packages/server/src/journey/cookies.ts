/**
 * The journey's own cookie: one a journey, because a Lax cookie is not sent with a cross-site POST, so that a
 * shared one would be overwritten by the second tab. It binds the journey to the browser and has no authority.
 */
export interface JourneyCookies {
  nameOf(journeyId: string): string
  /** Set-Cookie that starts the journey. */
  set(journeyId: string, sealed: string): string
  /** Set-Cookie that drops it. */
  drop(journeyId: string): string
  /** The journeys that a Cookie header names: id -> sealed value, as they stand there. */
  read(cookieHeader: string | undefined): Map<string, string>
}

/** Most journeys that a browser keeps at once, where the server sees them. */
const mostJourneys = 8
/** Bytes of name, value and attributes that every browser keeps. */
export const mostCookieBytes = 3800

const marker = 'latchkey-j-'

export function createJourneyCookies(issuer: string): JourneyCookies {
  // `__Host-` wants Secure, and Secure wants https: only a loopback issuer may do without.
  const secure = issuer.startsWith('https:')
  const prefix = secure ? `__Host-${marker}` : marker
  const attributes = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
  const nameOf = (id: string) => `${prefix}${id}`
  return {
    nameOf,
    set: (id, sealed) => `${nameOf(id)}=${sealed}; Max-Age=600; ${attributes}`,
    drop: (id) => `${nameOf(id)}=; Max-Age=0; ${attributes}`,
    read(cookieHeader) {
      const journeys = new Map<string, string>()
      // RFC 6265 section 4.2.1. Not `trim`, which takes off more: a sibling domain may set a cookie whose name begins
      // with U+00A0, and without that it would be called `__Host-` here.
      for (const pair of cookieHeader?.split(/;[ \t]*/) ?? []) {
        const [name, value] = splitOnce(pair)
        if (name.startsWith(prefix) && value !== '') journeys.set(name.slice(prefix.length), value)
      }
      return journeys
    },
  }
}

function splitOnce(pair: string): [string, string] {
  const at = pair.indexOf('=')
  return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)]
}

/** The ids to drop so that, with one more, at most `mostJourneys` are left: unreadable ones first, then the oldest. */
export function surplus(
  journeys: ReadonlyMap<string, string>,
  startedAt: (id: string, sealed: string) => number | undefined,
): string[] {
  const over = journeys.size + 1 - mostJourneys
  if (over <= 0) return []
  return [...journeys]
    .map(([id, sealed]) => ({ id, age: startedAt(id, sealed) ?? 0 }))
    .sort((a, b) => a.age - b.age)
    .slice(0, over)
    .map(({ id }) => id)
}

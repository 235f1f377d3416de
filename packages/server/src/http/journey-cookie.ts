import { surplus } from '../journey/index.ts'
import type { Ctx, Deps } from './deps.ts'

/** The Set-Cookie lines of a journey, and of those that make room for it where the browser shows us its others. */
export function journeyCookies(c: Ctx, deps: Deps, id: string, sealed: string): string[] {
  const { cookies, journeys, bindings, clock } = deps
  const now = clock.now()
  const others = cookies.read(c.req.header('cookie'))
  others.delete(id)
  const dropped = surplus(
    others,
    (other, value) => journeys.open(value, other, now)?.startedAt ?? bindings.open(value, other, now),
  )
  return [cookies.set(id, sealed), ...dropped.map((other) => cookies.drop(other))]
}

/** Same-site mode: whether the browser is the one that a journey began in, whichever step the journey is at. */
export function holdsCookieOf(c: Ctx, deps: Deps, id: string): boolean {
  const { cookies, journeys, bindings, clock } = deps
  const sealed = cookies.read(c.req.header('cookie')).get(id)
  if (sealed === undefined) return false
  const now = clock.now()
  return bindings.open(sealed, id, now) !== undefined || journeys.open(sealed, id, now) !== undefined
}

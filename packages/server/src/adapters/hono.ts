import type { MiddlewareHandler } from 'hono'
import type { Latchkey } from '../latchkey.ts'

/** `app.use(latchkeyHono(latchkey))`: answers Latchkey's own paths and passes on all others. */
export function latchkeyHono(latchkey: Latchkey): MiddlewareHandler {
  return async (c, next) => (latchkey.matches(c.req.path) ? latchkey.fetch(c.req.raw) : next())
}

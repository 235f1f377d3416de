import type { MiddlewareHandler } from 'hono'
import type { Latchkey } from '../latchkey.ts'
import { mountedTooLate } from './body.ts'

/**
 * `app.use(latchkeyHono(latchkey))`, before whatever reads bodies: answers Latchkey's own paths and passes on all others.
 * Throws, for `app.onError`, when a body has been read.
 */
export function latchkeyHono(latchkey: Latchkey): MiddlewareHandler {
  return async (c, next) => {
    if (!latchkey.matches(c.req.path)) return next()
    if (c.req.raw.bodyUsed) throw new Error(mountedTooLate)
    return latchkey.fetch(c.req.raw)
  }
}

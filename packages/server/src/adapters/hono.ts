import type { Context, MiddlewareHandler } from 'hono'
import type { Latchkey } from '../latchkey.ts'
import { mountedTooLate } from './body.ts'

export interface LatchkeyHonoOptions {
  /**
   * The address that a request came from. Default: the peer of the socket, which `@hono/node-server` tells. On other
   * runtimes pass what their `getConnInfo` says: without it nothing is limited by address.
   */
  remoteAddress?: (c: Context) => string | undefined
}

/**
 * `app.use(latchkeyHono(latchkey))`, before whatever reads bodies: answers Latchkey's own paths and passes on all others.
 * Throws, for `app.onError`, when a body has been read.
 */
export function latchkeyHono(
  latchkey: Latchkey,
  { remoteAddress = peerOf }: LatchkeyHonoOptions = {},
): MiddlewareHandler {
  return async (c, next) => {
    if (!latchkey.matches(c.req.path)) return next()
    if (c.req.raw.bodyUsed) throw new Error(mountedTooLate)
    return latchkey.fetch(c.req.raw, { remoteAddress: remoteAddress(c) })
  }
}

/** What `@hono/node-server` hands over, if it is that. */
function peerOf({ env }: Context): string | undefined {
  const incoming: unknown = env?.server?.incoming ?? env?.incoming
  if (typeof incoming !== 'object' || incoming === null || !('socket' in incoming)) return
  const { socket } = incoming
  if (typeof socket !== 'object' || socket === null || !('remoteAddress' in socket)) return
  return typeof socket.remoteAddress === 'string' ? socket.remoteAddress : undefined
}

import type { RequestHandler } from 'express'
import type { Latchkey } from '../latchkey.ts'
import { latchkeyNode } from './node.ts'

/**
 * `app.use(latchkeyExpress(latchkey))`, at the root and before `express.json()` or `express.urlencoded()`: a body that
 * another middleware has read is gone.
 */
export function latchkeyExpress(latchkey: Latchkey): RequestHandler {
  const handle = latchkeyNode(latchkey)
  return (request, response, next) => {
    // Mounted below a path, Express shortens `url`; the issuer names the whole one.
    if (request.readableDidRead && latchkey.matches(request.path)) {
      next(
        new Error(
          'Latchkey must be mounted before whatever reads request bodies (express.json, express.urlencoded).',
        ),
      )
      return
    }
    if (!handle(request, response)) next()
  }
}

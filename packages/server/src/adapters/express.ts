import type { RequestHandler } from 'express'
import type { Latchkey } from '../latchkey.ts'
import { bodyIsGone, mountedTooLate } from './body.ts'
import { latchkeyNode } from './node.ts'

/**
 * `app.use(latchkeyExpress(latchkey))`, before `express.json()` or `express.urlencoded()`: a body that another middleware
 * has read is gone, and goes to the error handlers. At the root, or below the issuer's path.
 */
export function latchkeyExpress(latchkey: Latchkey): RequestHandler {
  const handle = latchkeyNode(latchkey)
  return (request, response, next) => {
    if (!latchkey.matches(request.baseUrl + request.path)) next()
    else if (bodyIsGone(request)) next(new Error(mountedTooLate))
    else {
      // Mounted below a path, Express shortens `url`; the issuer names the whole one.
      request.url = request.baseUrl + request.url
      handle(request, response)
    }
  }
}

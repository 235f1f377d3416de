import type { IncomingMessage } from 'node:http'

/** What a developer is told whose backend has read the body that Latchkey needs. */
export const mountedTooLate =
  'Latchkey must be mounted before whatever reads request bodies (express.json, express.urlencoded and the like).'

/** Whether the request had a body, and somebody else has it now. */
export const bodyIsGone = (request: IncomingMessage): boolean =>
  request.readableDidRead &&
  (request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0)

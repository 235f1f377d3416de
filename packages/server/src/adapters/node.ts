import type { IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Latchkey } from '../latchkey.ts'
import { bodyIsGone, mountedTooLate } from './body.ts'

/** Answers a request of Latchkey's own; says false, and touches nothing, for any other. */
export type NodeHandler = (request: IncomingMessage, response: ServerResponse) => boolean

/**
 * For `node:http`: `http.createServer((request, response) => { if (!handle(request, response)) ... })`, before anything
 * reads the body: one that has been read is answered by 500 and a process warning.
 * Give the server `maxHeaderSize: 65536`: a browser with many journeys sends many cookies.
 */
export function latchkeyNode(latchkey: Latchkey): NodeHandler {
  const listener = getRequestListener(
    (request, { incoming }) => latchkey.fetch(request, { remoteAddress: incoming.socket.remoteAddress }),
    { overrideGlobalObjects: false },
  )
  return (request, response) => {
    const [pathname = ''] = (request.url ?? '').split('?')
    if (!latchkey.matches(pathname)) return false
    if (bodyIsGone(request)) {
      // Thrown, it would end the process.
      process.emitWarning(mountedTooLate, 'LatchkeyWarning')
      response.writeHead(500, { 'Content-Type': 'application/json' })
      response.end(JSON.stringify({ error: 'server_error', error_description: mountedTooLate }))
    } else void listener(request, response)
    return true
  }
}

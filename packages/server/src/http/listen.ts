import { createServer, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { ListenConfig } from '../config/types.ts'
import type { Sender } from './deps.ts'

export interface Listening {
  port: number
  /** Stops accepting, waits for what is under way (at most `graceMs`), then cuts the rest. */
  close(graceMs: number): Promise<void>
}

export interface ListenOptions {
  /**
   * Replace the process's `Response` by one that is written to a socket without streams, at a third of the cost. For a
   * process that is Latchkey's own; inside somebody's backend the globals are theirs. Default false.
   */
  replaceGlobals?: boolean
}

/** Rejects with Node's own error (`EADDRINUSE`, `EACCES`) when the address cannot be had. */
export async function listen(
  handler: { fetch(request: Request, sender: Sender): Promise<Response> | Response },
  { host, port }: ListenConfig,
  { replaceGlobals = false }: ListenOptions = {},
): Promise<Listening> {
  const server = createServer(
    {
      // Many journeys at once mean many cookies.
      maxHeaderSize: 65_536,
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      keepAliveTimeout: 65_000,
    },
    getRequestListener(
      (request, { incoming }) => handler.fetch(request, { remoteAddress: incoming.socket.remoteAddress }),
      { overrideGlobalObjects: replaceGlobals },
    ),
  )
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  return { port: portOf(server), close: (graceMs) => drain(server, graceMs) }
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

async function drain(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  // A kept-alive connection becomes idle when its answer is out, and nobody else tells.
  const idle = setInterval(() => server.closeIdleConnections(), 50)
  const cut = setTimeout(() => server.closeAllConnections(), graceMs)
  await closed
  clearInterval(idle)
  clearTimeout(cut)
}

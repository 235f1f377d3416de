import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { ConnectionReset } from './faults/kinds.ts'

/** Names for this machine. The socket is bound to 127.0.0.1, or to ::1 for that name. */
export type LoopbackHost = 'localhost' | '127.0.0.1' | '::1'

type Fetch = (request: Request) => Response | Promise<Response>

export interface Listener {
  /** `http://{host}:{port}` */
  origin: string
  /** From now on this answers; before, everything is 503. */
  serve(fetch: Fetch): void
  /** Drops every connection. */
  close(): Promise<void>
}

const isHttpServer = (server: object): server is Server => 'closeAllConnections' in server

/**
 * Listens on loopback; port 0 takes a free one.
 * @throws Error with the system's code (`EADDRINUSE`) when the port cannot be had
 */
export const listen = async (options: { host: LoopbackHost; port: number }): Promise<Listener> => {
  let answer: Fetch = () => new Response(null, { status: 503 })
  const server = createAdaptorServer({
    // The process belongs to somebody's tests: its global Request and Response are theirs.
    overrideGlobalObjects: false,
    fetch: async (request, { outgoing }) => {
      try {
        return await answer(request)
      } catch (error) {
        if (!(error instanceof ConnectionReset)) throw error
        outgoing.destroy()
        return RESPONSE_ALREADY_SENT
      }
    },
  })
  if (!isHttpServer(server)) throw new TypeError('expected a plain HTTP server')

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host === '::1' ? '::1' : '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('expected a TCP address')
  const host = options.host === '::1' ? '[::1]' : options.host

  return {
    origin: `http://${host}:${address.port}`,
    serve: (fetch) => {
      answer = fetch
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

import { createServer, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'

export type Handler = (request: Request) => Response | Promise<Response>

/** An origin that listens already and answers 503 until it is told how to answer. */
export interface Origin {
  /** `http://<host>:<port>` */
  readonly url: string
  readonly port: number
  /** Whether the port is another one than was asked for. */
  readonly moved: boolean
  readonly answer: (handler: Handler) => void
  /** Closes the port, as when the program is gone; and opens it again. */
  readonly pause: () => Promise<void>
  readonly resume: () => Promise<void>
  readonly close: () => Promise<void>
}

export interface ListenOptions {
  host: 'localhost' | '127.0.0.1'
  /** Preferred port; 0 for any free one. */
  port: number
}

const starting: Handler = () => new Response('Starting\n', { status: 503, headers: { 'Retry-After': '1' } })

/** How many ports after the preferred one are tried. */
const attempts = 50

/**
 * Listens on loopback at the preferred port or the next free one. A `localhost` origin listens on IPv4 and, where
 * there is one, on IPv6 loopback: browsers try either, and another program on the other would answer in our place.
 */
export async function listen({ host, port }: ListenOptions): Promise<Origin> {
  for (let tried = 0; tried < attempts; tried++) {
    const origin = await listenAt(host, port === 0 ? 0 : port + tried)
    if (origin !== undefined) return { ...origin, moved: tried > 0 && port !== 0 }
  }
  throw new Error(`No free port on ${host} between ${port} and ${port + attempts - 1}`)
}

/** A port that was free a moment ago, for a server that listens by itself. */
export async function freePort(options: ListenOptions): Promise<number> {
  const origin = await listen(options)
  await origin.close()
  return origin.port
}

async function listenAt(
  host: ListenOptions['host'],
  port: number,
): Promise<Omit<Origin, 'moved'> | undefined> {
  let handler = starting
  const fetch: Handler = (request) => handler(request)

  const first = await bind(fetch, '127.0.0.1', port)
  if (typeof first === 'string') {
    if (first === 'EADDRINUSE' || first === 'EACCES') return undefined
    throw new Error(`Cannot listen on 127.0.0.1:${port}: ${first}`)
  }
  const servers = [first.server]
  if (host === 'localhost') {
    const second = await bind(fetch, '::1', first.port)
    if (typeof second !== 'string') servers.push(second.server)
    else if (second === 'EADDRINUSE') {
      await closeAll(servers)
      return undefined
    }
  }
  return {
    url: `http://${host}:${first.port}`,
    port: first.port,
    answer: (next) => {
      handler = next
    },
    async pause() {
      await closeAll(servers.splice(0))
    },
    async resume() {
      if (servers.length > 0) return
      for (const hostname of host === 'localhost' ? ['127.0.0.1', '::1'] : ['127.0.0.1']) {
        const again = await bind(fetch, hostname, first.port)
        if (typeof again !== 'string') servers.push(again.server)
      }
    },
    close: () => closeAll(servers.splice(0)),
  }
}

/** A listening server and its port, or the code of the error. */
function bind(
  fetch: Handler,
  hostname: string,
  port: number,
): Promise<{ server: Server; port: number } | string> {
  const server = createServer(getRequestListener(fetch, { overrideGlobalObjects: false }))
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    server.listen({ port, host: hostname }, () => {
      const address = server.address()
      resolve({ server, port: typeof address === 'object' && address !== null ? address.port : port })
    })
  })
}

async function closeAll(servers: readonly Server[]): Promise<void> {
  await Promise.all(
    servers.map(
      (server) =>
        new Promise<void>((resolve) => {
          server.close(() => resolve())
          server.closeAllConnections()
        }),
    ),
  )
}

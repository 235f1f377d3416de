import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { createServer as createTcpServer, type Socket, type Server as TcpServer } from 'node:net'

export interface Loopback {
  port: number
  origin: string
  close(): Promise<void>
}

async function listen(server: TcpServer, scheme: string, dropAll: () => void): Promise<Loopback> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    port,
    origin: `${scheme}://127.0.0.1:${port}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      dropAll()
      await closed
    },
  }
}

export function httpServer(handle: RequestListener): Promise<Loopback> {
  const server: Server = createServer(handle)
  return listen(server, 'http', () => server.closeAllConnections())
}

export function httpsServer(
  options: { key: string; cert: string },
  handle: RequestListener,
): Promise<Loopback> {
  const server = createTlsServer(options, handle)
  return listen(server, 'https', () => server.closeAllConnections())
}

/** Speaks whatever `handle` writes: for answers that no HTTP server would give. */
export function tcpServer(handle: (socket: Socket) => void): Promise<Loopback> {
  const sockets = new Set<Socket>()
  const server = createTcpServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
    handle(socket)
  })
  return listen(server, 'http', () => {
    for (const socket of sockets) socket.destroy()
  })
}

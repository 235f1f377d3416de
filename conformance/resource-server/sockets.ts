import type { Server } from 'node:http'
import { connect } from 'node:net'

export function listening(server: Server): Promise<Server> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server))
  })
}

export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

export function portOf(server: Server): number {
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('not listening')
  return address.port
}

/**
 * Sends bytes that no HTTP client would, and answers all that comes back until the server hangs up, or the caller does, at
 * once.
 */
export function exchange(port: number, bytes: Buffer, { hangUp = false } = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const done = () => resolve(Buffer.concat(chunks).toString('latin1'))
    const socket = connect(port, '127.0.0.1', () => (hangUp ? socket.end(bytes) : socket.write(bytes)))
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('end', () => socket.end())
    socket.on('close', done)
    // A server that has answered may reset what is still being sent.
    socket.on('error', (error) => (chunks.length > 0 ? done() : reject(error)))
  })
}

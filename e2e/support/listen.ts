import { createServer, type RequestListener } from 'node:http'

export interface Listening {
  port: number
  close(): Promise<void>
}

/** Serves on a free loopback port, as `localhost` and as `127.0.0.1` (two sites to a browser). */
export async function listen(handler: RequestListener): Promise<Listening> {
  const server = createServer(handler)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    port: address.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

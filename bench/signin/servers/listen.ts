import type { IncomingMessage, Server, ServerResponse } from 'node:http'

/** Listens on loopback (0: any free port), ends on SIGTERM, and gives the address. */
export function listen(server: Server, port: number): Promise<string> {
  process.once('SIGTERM', () => process.exit(0))
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      if (typeof address !== 'object' || address === null) reject(new Error('no address'))
      else resolve(`http://127.0.0.1:${address.port}`)
    })
  })
}

/** The whole body as text; more than 64 KiB ends the connection. */
export function readBody(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => {
      text += chunk
      if (text.length > 65_536) request.destroy(new Error('body too long'))
    })
    request.once('error', reject)
    request.once('end', () => resolve(text))
  })
}

export function respond(
  response: ServerResponse,
  status: number,
  headers: Record<string, string | string[]>,
  body: string,
): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) })
  response.end(body)
}

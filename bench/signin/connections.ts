import { connect, type Socket } from 'node:net'
import { type Read, readReply } from './reply.ts'

export interface Reply {
  status: number
  /** Names in lower case; the last one counts where one repeats. */
  headers: Record<string, string>
  setCookies: string[]
  body: string
}

export interface Connections {
  /** One HTTP/1.1 exchange. Rejects when the connection fails or 10 s pass. */
  exchange(url: URL, method: string, headers: Record<string, string>, body?: string): Promise<Reply>
  close(): void
}

const timeoutMs = 10_000
/** Servers close what has been idle for 5 s; one that is about to be closed is not used again. */
const idleMs = 3000

/**
 * An HTTP client of the barest kind, so that the load's core is not busy with it: `node:http`'s costs more than many a
 * server. Connections are kept open and shared by all browsers, as between a reverse proxy and a server: the cost
 * of accepting one is nobody's figure here.
 */
export function createConnections(): Connections {
  const idle = new Map<string, Connection[]>()
  const all = new Set<Connection>()

  return {
    async exchange(url, method, headers, body = '') {
      const waiting = idle.get(url.host) ?? []
      idle.set(url.host, waiting)
      const connection = next(waiting) ?? open(url)
      all.add(connection)
      const lines = [`${method} ${url.pathname}${url.search} HTTP/1.1`, `host: ${url.host}`]
      for (const name in headers) lines.push(`${name}: ${headers[name]}`)
      if (method !== 'GET') lines.push(`content-length: ${Buffer.byteLength(body)}`)
      try {
        const reply = await connection.ask(`${lines.join('\r\n')}\r\n\r\n${body}`)
        if (reply.headers.connection === 'close') connection.end()
        else {
          connection.restedAt = performance.now()
          waiting.push(connection)
        }
        return reply
      } catch (error) {
        connection.end()
        throw error
      }
    },
    close() {
      for (const connection of all) connection.end()
    },
  }

  /** The one that has rested longest, so that all stay in use. */
  function next(waiting: Connection[]): Connection | undefined {
    for (let connection = waiting.shift(); connection; connection = waiting.shift()) {
      if (performance.now() - connection.restedAt < idleMs) return connection
      connection.end()
    }
    return undefined
  }

  function open(url: URL): Connection {
    const connection = createConnection(connect(Number(url.port), url.hostname), () => {
      all.delete(connection)
      const waiting = idle.get(url.host)
      const at = waiting?.indexOf(connection) ?? -1
      if (at >= 0) waiting?.splice(at, 1)
    })
    return connection
  }
}

interface Connection {
  /** When it was last of use. */
  restedAt: number
  ask(request: string): Promise<Reply>
  end(): void
}

function createConnection(socket: Socket, gone: () => void): Connection {
  let received = ''
  let asked: { resolve(reply: Reply): void; reject(error: Error): void } | undefined

  const fail = (error: Error) => {
    asked?.reject(error)
    asked = undefined
    socket.destroy()
  }
  socket.setNoDelay(true)
  socket.setTimeout(timeoutMs, () => fail(new Error(`no answer within ${timeoutMs} ms`)))
  socket.on('error', fail)
  socket.on('close', () => {
    fail(new Error('connection closed without an answer'))
    gone()
  })
  // One character a byte, so that lengths hold; the body is decoded when it is whole.
  socket.setEncoding('latin1')
  socket.on('data', (chunk: string) => {
    received = received === '' ? chunk : received + chunk
    let read: Read | undefined
    try {
      read = readReply(received)
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)))
      return
    }
    if (!read || !asked) return
    received = received.slice(read.length)
    asked.resolve(read.reply)
    asked = undefined
  })

  return {
    restedAt: 0,
    ask: (request) =>
      new Promise((resolve, reject) => {
        asked = { resolve, reject }
        socket.write(request)
      }),
    end: () => socket.destroy(),
  }
}

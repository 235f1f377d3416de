import { createServer, type Socket } from 'node:net'

export interface LyingServer {
  origin: string
  /** Connections so far. */
  connections(): number
  /** Bytes that left for the other side: what it may have had to hold. */
  bytesSent(): number
  /** Settles when the other side has let go of every connection so far. */
  letGo(): Promise<unknown>
  close(): Promise<void>
}

/** What it does once a request has begun to come in. */
export type Lie = (socket: Socket) => void

/** A server on loopback that does with a connection whatever it is told, HTTP or not. */
export async function createLyingServer(lie: Lie): Promise<LyingServer> {
  const sockets: Socket[] = []
  const endings: Promise<void>[] = []
  const server = createServer((socket) => {
    sockets.push(socket)
    endings.push(new Promise((resolve) => socket.on('close', () => resolve())))
    // The other side may hang up whenever it likes.
    socket.on('error', () => undefined)
    socket.once('data', () => lie(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    origin: `http://127.0.0.1:${port}`,
    connections: () => sockets.length,
    bytesSent: () => sockets.reduce((sum, socket) => sum + socket.bytesWritten - socket.writableLength, 0),
    letGo: () => Promise.all(endings),
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

const head = (...lines: string[]) => `${['HTTP/1.1 200 OK', ...lines].join('\r\n')}\r\n\r\n`
const json = 'Content-Type: application/json'

/** Writes for as long as anybody takes it. */
function flood(socket: Socket, piece: string): void {
  const more = (): void => {
    while (!socket.destroyed && socket.write(piece));
  }
  socket.on('drain', more)
  more()
}

/** One byte in a while, for as long as anybody waits. */
function drip(socket: Socket, text: string): void {
  let sent = 0
  const timer = setInterval(() => {
    socket.write(text.charAt(sent++ % text.length))
  }, 100)
  socket.on('close', () => clearInterval(timer))
}

export interface LieRow {
  does: string
  lie: Lie
  ends: string
  reason: string
  /** The most bytes that may leave; absent where it says little anyway. */
  mostBytes?: number
}

const mebibyte = 1024 * 1024
/** What is taken before it is refused, and what the system holds on both sides of a loopback connection. */
const bounded = 16 * mebibyte

const malformed = { ends: 'provider_error', reason: 'malformed_http' }
const tooLarge = { ends: 'provider_error', reason: 'too_large', mostBytes: bounded }
const timeout = { ends: 'temporarily_unavailable', reason: 'timeout' }
const dropped = { ends: 'temporarily_unavailable', reason: 'connection' }

/** Ways to answer a token request that no HTTP library would help with. */
export const lies: readonly LieRow[] = [
  { does: 'says nothing', lie: () => undefined, ...timeout },
  {
    does: 'sends its headers a byte at a time',
    lie: (socket) => drip(socket, `HTTP/1.1 200 OK\r\nX-${'a'.repeat(10_000)}`),
    ...timeout,
  },
  {
    does: 'promises to continue for ever',
    lie: (socket) => {
      const timer = setInterval(() => socket.write('HTTP/1.1 102 Processing\r\n\r\n'), 100)
      socket.on('close', () => clearInterval(timer))
    },
    ...timeout,
  },
  {
    does: 'stops in the middle of the body',
    lie: (socket) => socket.write(`${head(json, 'Content-Length: 100')}{"access_token":"x`),
    ...timeout,
  },
  {
    does: 'hangs up in the middle of the body',
    lie: (socket) => socket.end(`${head(json, 'Content-Length: 100')}{"access_token":"x`),
    ...dropped,
  },
  { does: 'hangs up at once', lie: (socket) => socket.destroy(), ...dropped },
  { does: 'resets the connection', lie: (socket) => socket.resetAndDestroy(), ...dropped },
  { does: 'speaks something else', lie: (socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n'), ...malformed },
  {
    does: 'sends two different lengths',
    lie: (socket) => socket.end(`${head(json, 'Content-Length: 2', 'Content-Length: 3')}{}`),
    ...malformed,
  },
  {
    does: 'never ends its headers',
    lie: (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n')
      flood(socket, `X-Header: ${'a'.repeat(1_000)}\r\n`)
    },
    ...tooLarge,
  },
  {
    does: 'never ends its body',
    lie: (socket) => {
      socket.write(`${head(json)}{"access_token":"`)
      flood(socket, 'a'.repeat(64 * 1024))
    },
    ...tooLarge,
  },
  {
    does: 'never ends its chunks',
    lie: (socket) => {
      socket.write(head(json, 'Transfer-Encoding: chunked'))
      flood(socket, `400\r\n${' '.repeat(1024)}\r\n`)
    },
    ...tooLarge,
  },
  {
    does: 'announces a terabyte',
    lie: (socket) => socket.write(head(json, 'Content-Length: 1099511627776')),
    ...tooLarge,
    mostBytes: 1024,
  },
  {
    does: 'compresses a bomb',
    lie: (socket) => socket.write(head(json, 'Content-Encoding: gzip')),
    ends: 'provider_error',
    reason: 'encoded_body',
    mostBytes: 1024,
  },
]

import { once } from 'node:events'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { selfSigned } from '@latchkey/testing'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { outcomeOf } from '../upstream.fixture.ts'
import { createGuardedStream, type GuardedStreamOptions, type StreamedResponse } from './guarded-stream.ts'
import { hostileEverywhere, hostileUrls } from './hostile-urls.fixture.ts'
import { httpServer, httpsServer, type Loopback, tcpServer } from './loopback.fixture.ts'

const open: Loopback[] = []
afterEach(async () => {
  for (const server of open.splice(0)) await server.close()
})
async function started(starting: Promise<Loopback>): Promise<Loopback> {
  const server = await starting
  open.push(server)
  return server
}
const http = (handle: RequestListener) => started(httpServer(handle))

const stream = (more: Partial<GuardedStreamOptions> = {}) =>
  createGuardedStream({ allowPrivate: true, ...more })
const get = { method: 'GET', headers: {} }
const textOf = ({ body }: StreamedResponse) => new Response(body).text()
const refuseToResolve = async (hostname: string): Promise<string[]> => {
  throw new Error(`asked for ${hostname}`)
}

/** So many pieces of 64 KiB, made when they are asked for. */
function pieces(count: number, onEach: (made: number) => void = () => undefined) {
  let made = 0
  const piece = new Uint8Array(65_536).fill(97)
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (made === count) return controller.close()
        onEach(++made)
        controller.enqueue(piece)
      },
    },
    { highWaterMark: 0 },
  )
}
const fiftyMegabytes = 800

describe('what may be called', () => {
  const publicStream = createGuardedStream({ allowPrivate: false, resolve: refuseToResolve })
  test.each(hostileUrls)('X05: %s is %s', async (url, expected) => {
    expect(await outcomeOf(() => publicStream(url, get))).toBe(expected)
  })

  test.each(hostileEverywhere)(
    'X05: even where private networks are allowed, %s is %s',
    async (url, refusal) => {
      expect(await outcomeOf(() => stream({ resolve: refuseToResolve })(url, get))).toBe(refusal)
    },
  )

  test.each([[['127.0.0.1']], [['169.254.169.254']], [['8.8.8.8', '10.0.0.1']]])(
    'X05: a public name for %s is blocked, before anything is sent',
    async (addresses) => {
      const asked: string[] = []
      const server = await http((request) => asked.push(request.url ?? ''))
      const send = createGuardedStream({ allowPrivate: false, resolve: async () => addresses })
      const url = `https://evil-localhost.com:${server.port}/`
      expect(await outcomeOf(() => send(url, get))).toBe('provider_error blocked_address')
      expect(asked).toEqual([])
    },
  )

  test('X05: the connection goes to the address that was checked', async () => {
    const server = await http((request, response) => response.end(request.headers.host))
    const answers = [['127.0.0.1'], ['169.254.169.254']]
    const send = stream({ resolve: async () => answers.shift() ?? [] })
    expect(await textOf(await send(`http://api.test:${server.port}/`, get))).toBe(`api.test:${server.port}`)
    expect(answers).toHaveLength(1)
  })

  test('X05: the certificate is checked against the name', async () => {
    const own = selfSigned('api.test')
    const server = await started(httpsServer(own, (_request, response) => response.end('hello')))
    const send = stream({ resolve: async () => ['127.0.0.1'], ca: own.cert })
    expect(await textOf(await send(`https://api.test:${server.port}/`, get))).toBe('hello')
    expect(await outcomeOf(() => send(`https://other.test:${server.port}/`, get))).toBe('provider_error tls')
  })
})

describe('what goes through', () => {
  test('X05: a redirect is an answer like any other, and not followed', async () => {
    const asked: (string | undefined)[] = []
    const server = await http((request, response) => {
      asked.push(request.url)
      response.writeHead(302, { Location: '/elsewhere' }).end('moved')
    })
    const answer = await stream()(`${server.origin}/here`, get)
    expect({ status: answer.status, location: answer.headers.location }).toEqual({
      ...{ status: 302, location: '/elsewhere' },
    })
    expect(await textOf(answer)).toBe('moved')
    expect(asked).toEqual(['/here'])
  })

  test('50 MB down, and no more is read than is taken', async () => {
    let written = 0
    const server = await http((_request, response) => void down(response))
    async function down(response: ServerResponse) {
      for await (const piece of pieces(fiftyMegabytes)) {
        written += piece.length
        if (!response.write(piece)) await once(response, 'drain')
      }
      response.end()
    }
    const { body } = await stream()(server.origin, get)
    const reader = body.getReader()
    await reader.read()
    // What sockets hold of it, and no more: it stands still until somebody reads on.
    let before = -1
    await vi.waitFor(
      () => {
        const still = written === before
        before = written
        expect(still).toBe(true)
      },
      { interval: 200, timeout: 10_000 },
    )
    expect(written).toBeLessThan(16 * 2 ** 20)
    reader.releaseLock()
    let size = 0
    for await (const piece of body) size += piece.length
    expect(written).toBe(fiftyMegabytes * 65_536)
    expect(size).toBeGreaterThan(written - 2 * 65_536)
  })

  test('50 MB up, and no more is asked for than goes', async () => {
    let going: (() => void) | undefined
    const mayRead = new Promise<void>((resolve) => {
      going = resolve
    })
    const server = await http((request, response) => void up(request, response))
    async function up(request: IncomingMessage, response: ServerResponse) {
      await mayRead
      let size = 0
      for await (const piece of request) size += (piece as Buffer).length
      response.end(String(size))
    }
    let made = 0
    const body = pieces(fiftyMegabytes, (count) => {
      made = count
    })
    const answering = stream()(server.origin, { method: 'POST', headers: {}, body })
    let before = -1
    await vi.waitFor(
      () => {
        const still = made === before && made > 0
        before = made
        expect(still).toBe(true)
      },
      { interval: 200, timeout: 10_000 },
    )
    expect(made * 65_536).toBeLessThan(16 * 2 ** 20)
    going?.()
    expect(await textOf(await answering)).toBe(String(fiftyMegabytes * 65_536))
  })

  test('an answer that comes before the request has gone, which is then cancelled', async () => {
    const server = await http((_request, response) => response.writeHead(413).end('too much'))
    let cancelled = false
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new Uint8Array(10)),
      cancel() {
        cancelled = true
      },
    })
    const answer = await stream()(server.origin, { method: 'POST', headers: {}, body })
    expect(answer.status).toBe(413)
    expect(await textOf(answer)).toBe('too much')
    await expect.poll(() => cancelled).toBe(true)
  })
})

describe('what is bounded', () => {
  test('the time to the first byte', async () => {
    const server = await http(() => undefined)
    const send = stream({ firstByteMs: 50 })
    expect(await outcomeOf(() => send(server.origin, get))).toBe('temporarily_unavailable timeout')
  })

  test('silence in an answer', async () => {
    const server = await http((_request, response) => response.write('a'))
    const answer = await stream({ silenceMs: 50 })(server.origin, get)
    expect(await outcomeOf(() => textOf(answer))).toBe('temporarily_unavailable timeout')
  })

  test('silence in a request', async () => {
    const server = await http((request) => request.resume())
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new Uint8Array(9)),
    })
    const send = stream({ silenceMs: 50, firstByteMs: 5_000 })
    expect(await outcomeOf(() => send(server.origin, { method: 'POST', headers: {}, body }))).toBe(
      'temporarily_unavailable timeout',
    )
  })

  test('the size of a header section', async () => {
    const server = await http((_request, response) =>
      response.writeHead(200, { big: 'x'.repeat(9_000) }).end(),
    )
    const send = stream({ maxHeaderBytes: 8_192 })
    expect(await outcomeOf(() => send(server.origin, get))).toBe('provider_error too_large')
  })

  test('an answer that is none of HTTP is told as that', async () => {
    const server = await started(
      tcpServer((socket) => socket.once('data', () => socket.end('nonsense\r\n\r\n'))),
    )
    expect(await outcomeOf(() => stream()(server.origin, get))).toBe('provider_error malformed_http')
    const cut = await started(
      tcpServer((socket) =>
        socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf')),
      ),
    )
    const answer = await stream()(cut.origin, get)
    expect(await outcomeOf(() => textOf(answer))).toBe('temporarily_unavailable connection')
  })
})

describe('whoever goes away', () => {
  test.each(['before the answer', 'in the middle of it'])(
    '%s ends it at the other end, too',
    async (when) => {
      let gone = false
      const asked = Promise.withResolvers<void>()
      const server = await http((_request, response) => {
        response.once('close', () => {
          gone = true
        })
        if (when !== 'before the answer') response.write('a')
        asked.resolve()
      })
      const leaving = new AbortController()
      const answering = stream()(server.origin, { ...get, signal: leaving.signal })
      await asked.promise
      if (when === 'before the answer') {
        leaving.abort()
        expect(await outcomeOf(() => answering)).toBe('temporarily_unavailable aborted')
      } else await (await answering).body.cancel()
      await expect.poll(() => gone).toBe(true)
    },
  )

  test('before anything is sent', async () => {
    const send = stream({ resolve: refuseToResolve })
    const outcome = outcomeOf(() => send('https://api.example/', { ...get, signal: AbortSignal.abort() }))
    expect(await outcome).toBe('temporarily_unavailable aborted')
  })
})

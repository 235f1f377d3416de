import type { RequestListener } from 'node:http'
import { gzipSync } from 'node:zlib'
import { selfSigned } from '@latchkey/testing'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { outcomeOf } from '../upstream.fixture.ts'
import { createGuardedFetch, type GuardedFetchOptions } from './guarded-fetch.ts'
import { hostileEverywhere, hostileUrls } from './hostile-urls.fixture.ts'
import { httpServer, httpsServer, type Loopback, tcpServer } from './loopback.fixture.ts'

const open: Loopback[] = []
afterEach(async () => {
  vi.useRealTimers()
  for (const server of open.splice(0)) await server.close()
})

async function started<T extends Loopback>(starting: Promise<T>): Promise<T> {
  const server = await starting
  open.push(server)
  return server
}
const http = (handle: RequestListener): Promise<Loopback> => started(httpServer(handle))
const raw = (answer: string): Promise<Loopback> =>
  started(tcpServer((socket) => socket.once('data', () => socket.end(answer))))

const privateFetch = (more: Partial<GuardedFetchOptions> = {}) =>
  createGuardedFetch({ allowPrivate: true, ...more })
const refuseToResolve = async (hostname: string): Promise<string[]> => {
  throw new Error(`asked for ${hostname}`)
}

describe('what may be called', () => {
  const publicFetch = createGuardedFetch({ allowPrivate: false, resolve: refuseToResolve })

  test.each(hostileUrls)('X05, CVE-2026-4874: %s is %s', async (url, expected) => {
    expect(await outcomeOf(() => publicFetch(url))).toBe(expected)
  })

  test.each(hostileEverywhere)(
    'X05: even where private networks are allowed, %s is %s',
    async (url, expected) => {
      expect(await outcomeOf(() => privateFetch({ resolve: refuseToResolve })(url))).toBe(expected)
    },
  )

  test.each([
    [['127.0.0.1']],
    [['10.0.0.1']],
    [['169.254.169.254']],
    [['::ffff:127.0.0.1']],
    [['8.8.8.8', '127.0.0.1']],
    [['2606:4700::1111', 'fd00::1']],
  ])('X05: a public name for %s is blocked, before anything is sent', async (addresses) => {
    const asked: string[] = []
    const server = await http((request) => asked.push(request.url ?? ''))
    const fetch = createGuardedFetch({ allowPrivate: false, resolve: async () => addresses })
    expect(await outcomeOf(() => fetch(`https://evil-localhost.com:${server.port}/`))).toBe(
      'provider_error blocked_address',
    )
    expect(asked).toEqual([])
  })

  test('localhost is found by the system’s own resolver', async () => {
    const server = await http((_request, response) => response.end('hello'))
    const response = await privateFetch()(`http://localhost:${server.port}/`)
    expect(await response.text()).toBe('hello')
    const publicOnly = createGuardedFetch({ allowPrivate: false })
    expect(await outcomeOf(() => publicOnly(`https://localhost:${server.port}/`))).toBe(
      'provider_error blocked_address',
    )
  })

  test('X05: http goes to loopback only, by name too', async () => {
    const fetch = privateFetch({ resolve: async () => ['10.0.0.1'] })
    expect(await outcomeOf(() => fetch('http://intranet.example/'))).toBe('provider_error blocked_address')
  })

  test('X05: the connection goes to the address that was checked; a rebound name is not asked again', async () => {
    const server = await http((request, response) => response.end(request.headers.host))
    const answers = [['127.0.0.1'], ['169.254.169.254']]
    const fetch = privateFetch({ resolve: async () => answers.shift() ?? [] })
    const response = await fetch(`http://op.test:${server.port}/`)
    expect(await response.text()).toBe(`op.test:${server.port}`)
    expect(answers).toHaveLength(1)
  })

  test.each([
    ['rejects', refuseToResolve],
    ['yields nothing', async () => []],
  ])('a name that %s is an outage', async (_how, resolve) => {
    expect(await outcomeOf(() => privateFetch({ resolve })('https://op.example/'))).toBe(
      'temporarily_unavailable dns',
    )
  })
})

describe('https', () => {
  const own = selfSigned('op.test')
  const resolve = async (): Promise<string[]> => ['127.0.0.1']

  test('the certificate is checked against the name, whatever address it has', async () => {
    const server = await started(httpsServer(own, (_request, response) => response.end('hello')))
    const fetch = privateFetch({ resolve, ca: own.cert })
    const response = await fetch(`https://op.test:${server.port}/`)
    expect(await response.text()).toBe('hello')
    expect(await outcomeOf(() => fetch(`https://other.test:${server.port}/`))).toBe('provider_error tls')
  })

  test('an unknown authority is refused', async () => {
    const server = await started(httpsServer(own, (_request, response) => response.end('hello')))
    expect(await outcomeOf(() => privateFetch({ resolve })(`https://op.test:${server.port}/`))).toBe(
      'provider_error tls',
    )
  })

  test('http spoken on the port of https is refused', async () => {
    const server = await http((_request, response) => response.end())
    expect(await outcomeOf(() => privateFetch({ resolve })(`https://op.test:${server.port}/`))).toBe(
      'provider_error tls',
    )
  })
})

describe('what is sent', () => {
  test('a form, with our own accept-encoding and user-agent', async () => {
    const seen: unknown[] = []
    const server = await http((request, response) => {
      let body = ''
      request.on('data', (chunk) => {
        body += chunk
      })
      request.on('end', () => {
        const { 'content-type': type, 'accept-encoding': encoding, 'user-agent': agent } = request.headers
        seen.push({ method: request.method, url: request.url, type, encoding, agent, body })
        response.end()
      })
    })
    await privateFetch()(`${server.origin}/token?a=1#f`, {
      method: 'POST',
      headers: { 'Accept-Encoding': 'gzip' },
      body: new URLSearchParams({ code: 'a b' }),
    })
    expect(seen).toEqual([
      {
        method: 'POST',
        url: '/token?a=1',
        type: 'application/x-www-form-urlencoded;charset=UTF-8',
        encoding: 'identity',
        agent: 'Latchkey',
        body: 'code=a+b',
      },
    ])
  })

  test('of the answer what is read comes back, connections are kept', async () => {
    const ports = new Set<number | undefined>()
    const server = await http((request, response) => {
      ports.add(request.socket.remotePort)
      response.writeHead(400, { 'content-type': 'application/json', 'set-cookie': 'a=b', 'x-own': 'c' })
      response.end('{"error":"invalid_grant"}')
    })
    const fetch = privateFetch()
    for (let count = 0; count < 3; count++) {
      const response = await fetch(server.origin)
      expect(response.status).toBe(400)
      expect(response.headers.get('Content-Type')).toBe('application/json')
      for (const name of ['set-cookie', 'x-own']) expect(response.headers.get(name)).toBeNull()
      expect(JSON.parse(await response.text())).toEqual({ error: 'invalid_grant' })
    }
    expect(ports.size).toBe(1)
  })

  test('a kept connection that breaks is an outage: the code may have been redeemed, so nothing is sent twice', async () => {
    let requests = 0
    const server = await started(
      tcpServer((socket) => {
        let here = 0
        socket.on('data', () => {
          requests++
          if (++here > 1) socket.resetAndDestroy()
          else socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\na')
        })
      }),
    )
    const fetch = privateFetch()
    expect(await (await fetch(server.origin)).text()).toBe('a')
    expect(await outcomeOf(() => fetch(server.origin, { method: 'POST', body: 'x' }))).toBe(
      'temporarily_unavailable connection',
    )
    expect(requests).toBe(2)
  })

  test('an aborted call ends', async () => {
    const abort = new AbortController()
    const server = await http(() => abort.abort())
    expect(await outcomeOf(() => privateFetch()(server.origin, { signal: abort.signal }))).toBe(
      'temporarily_unavailable aborted',
    )
    expect(await outcomeOf(() => privateFetch()(server.origin, { signal: AbortSignal.abort() }))).toBe(
      'temporarily_unavailable aborted',
    )
  })
})

describe('what is taken', () => {
  test.each([301, 302, 303, 304, 307, 308])('R25: %i is an error and nobody follows it', async (status) => {
    const recorded: string[] = []
    const elsewhere = await http((request) => recorded.push(request.url ?? ''))
    const server = await http((_request, response) => {
      response.writeHead(status, { location: `${elsewhere.origin}/stolen` }).end()
    })
    const call = () => privateFetch()(server.origin, { method: 'POST', body: 'code=secret' })
    expect(await outcomeOf(call)).toBe('provider_error redirected')
    expect(recorded).toEqual([])
  })

  test.each<[string, RequestListener]>([
    ['says nothing', () => undefined],
    ['never ends its body', (_request, response) => void response.writeHead(200).write('{')],
    ['never ends its headers', (request) => void request.socket.write('HTTP/1.1 200 OK\r\na: b\r\n')],
    ['goes on with early hints', (_request, response) => response.writeProcessing()],
  ])('R26: a provider that %s is given 5 seconds', async (_what, handle) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const asked = Promise.withResolvers<void>()
    const dropped = Promise.withResolvers<void>()
    const server = await http((request, response) => {
      request.socket.on('close', () => dropped.resolve())
      handle(request, response)
      asked.resolve()
    })
    const outcome = outcomeOf(() => privateFetch()(server.origin))
    await asked.promise
    vi.advanceTimersByTime(4_999)
    expect(vi.getTimerCount()).toBe(1)
    vi.advanceTimersByTime(1)
    expect(await outcome).toBe('temporarily_unavailable timeout')
    await dropped.promise
  })

  test('R26: a resolver that never answers is given the same 5 seconds', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const fetch = privateFetch({ resolve: () => new Promise(() => undefined) })
    const outcome = outcomeOf(() => fetch('https://op.example/'))
    vi.advanceTimersByTime(5_000)
    expect(await outcome).toBe('temporarily_unavailable timeout')
  })

  test('R26: no timer is left behind', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const server = await http((_request, response) => response.end())
    await privateFetch()(server.origin)
    expect(vi.getTimerCount()).toBe(0)
  })

  test.each<[string, RequestListener]>([
    [
      'announced',
      (_request, response) => response.writeHead(200, { 'content-length': 1_048_577 }).write('a'),
    ],
    [
      'unannounced',
      (_request, response) => {
        const more = (): void => {
          while (!response.destroyed && response.write(Buffer.alloc(65_536, 'a')));
        }
        response.on('drain', more)
        more()
      },
    ],
    ['all in its headers', (_request, response) => response.writeHead(200, { a: 'b'.repeat(20_000) }).end()],
  ])('R26: an answer too large, %s', async (_how, handle) => {
    const server = await http(handle)
    expect(await outcomeOf(() => privateFetch()(server.origin))).toBe('provider_error too_large')
  })

  test('R26: the limit itself is taken', async () => {
    const server = await http((_request, response) => response.end(Buffer.alloc(1_048_576, 'a')))
    expect(await (await privateFetch()(server.origin)).text()).toHaveLength(1_048_576)
  })

  test('R26: JSON too deep', async () => {
    const server = await http((_request, response) => response.end('['.repeat(1_000)))
    expect(await outcomeOf(() => privateFetch()(server.origin))).toBe('provider_error too_deep')
  })

  test('R26: a compressed body is refused, since its size shows too late', async () => {
    const server = await http((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(1_000_000)))
    })
    expect(await outcomeOf(() => privateFetch()(server.origin))).toBe('provider_error encoded_body')
  })

  test.each([
    ['not HTTP at all', 'SSH-2.0-OpenSSH\r\n', 'provider_error malformed_http'],
    ['an odd status', 'HTTP/1.1 999 Odd\r\ncontent-length: 0\r\n\r\n', 'provider_error malformed_http'],
    [
      'two lengths',
      'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab',
      'provider_error malformed_http',
    ],
    ['half a body', 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nab', 'temporarily_unavailable connection'],
    ['nothing', '', 'temporarily_unavailable connection'],
  ])('R26: %s', async (_what, answer, expected) => {
    const server = await raw(answer)
    expect(await outcomeOf(() => privateFetch()(server.origin))).toBe(expected)
  })

  test('a refused connection is an outage', async () => {
    const server = await httpServer(() => undefined)
    await server.close()
    expect(await outcomeOf(() => privateFetch()(server.origin))).toBe('temporarily_unavailable refused')
  })

  test.each([204, 205])('%i has no body', async (status) => {
    const server = await http((_request, response) => void response.writeHead(status).end())
    expect((await privateFetch()(server.origin)).status).toBe(status)
  })
})

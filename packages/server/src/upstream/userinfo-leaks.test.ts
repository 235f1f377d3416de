import type { RequestListener } from 'node:http'
import type { Socket } from 'node:net'
import { rulesFor } from '@latchkey/providers'
import { afterEach, expect, test } from 'vitest'
import { createLogger } from '../logging.ts'
import { UpstreamError } from './contract.ts'
import { withBreaker } from './net/breaker.ts'
import { createGuardedFetch } from './net/guarded-fetch.ts'
import { httpServer, type Loopback, tcpServer } from './net/loopback.fixture.ts'
import { handClock } from './upstream.fixture.ts'
import { askUserinfo } from './userinfo.ts'

const open: Loopback[] = []
afterEach(async () => {
  for (const server of open.splice(0)) await server.close()
})

const accessToken = 'sEcReT+tOkEn/0123456789='
const token = { clientId: 'latchkey', accessToken, answer: { uid: 'a-person' } }
const rules = rulesFor([], { authorizationScheme: 'none', userinfoQuery: { key: '{access_token}' } })

const http = (handle: RequestListener) => () => httpServer(handle)
const raw = (handle: (socket: Socket, said: string) => void) => () =>
  tcpServer((socket) => socket.once('data', (data) => handle(socket, data.toString())))

/** Everything that a log of the failure says. */
async function logOf(server: Loopback): Promise<{ reason: string; log: string }> {
  const lines: string[] = []
  const logger = createLogger({ destination: { write: (line) => void lines.push(line) } })
  const clock = handClock()
  const fetch = withBreaker(createGuardedFetch({ allowPrivate: true, timeoutMs: 500 }), {
    clock,
    threshold: 1,
  })
  const reasons: string[] = []
  // The second time the breaker may speak.
  for (let count = 0; count < 2; count++) {
    const error: unknown = await askUserinfo(`${server.origin}/me/{access_token}`, token, fetch, rules).catch(
      (thrown: unknown) => thrown,
    )
    if (!(error instanceof UpstreamError)) throw new Error('nothing failed')
    reasons.push(error.reason)
    logger.warn({ err: error, error, detail: error.detail, summary: error.summary }, error.message)
  }
  return { reason: reasons[0] ?? '', log: lines.join('') }
}

test.each<[string, string, () => Promise<Loopback>]>([
  [
    'an error that repeats it',
    'userinfo_error',
    http((request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ error: `no ${accessToken}, no ${request.url}` }))
    }),
  ],
  [
    'a page that repeats it',
    'userinfo_not_json',
    http((request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' })
      response.end(`<p>${request.url}`)
    }),
  ],
  [
    'a refusal that repeats it',
    'userinfo_status',
    http((request, response) => {
      response
        .writeHead(401, { 'content-type': 'application/json' })
        .end(JSON.stringify({ error: request.url }))
    }),
  ],
  ['an outage', 'provider_5xx', http((request, response) => response.writeHead(500).end(request.url))],
  [
    'a redirect with it',
    'redirected',
    http((request, response) => {
      response.writeHead(302, { location: `/elsewhere${request.url}` }).end()
    }),
  ],
  ['no answer', 'timeout', http(() => undefined)],
  ['a broken connection', 'connection', raw((socket) => socket.resetAndDestroy())],
  ['what is no HTTP and repeats it', 'malformed_http', raw((socket, said) => socket.end(said))],
])(
  'X06, token-in-path-userinfo, token-in-query-userinfo: no log has the token: %s',
  async (_what, expected, start) => {
    const server = await start()
    open.push(server)
    const { reason, log } = await logOf(server)
    expect(reason).toBe(expected)
    for (const shape of [accessToken, encodeURIComponent(accessToken), 'sEcReT'])
      expect(log).not.toContain(shape)
  },
)

test('X06, token-in-path-userinfo: nor when nobody is there', async () => {
  const server = await httpServer(() => undefined)
  await server.close()
  const { reason, log } = await logOf(server)
  expect(reason).toBe('refused')
  expect(log).not.toContain('sEcReT')
})

// Requests that nobody would send, to every endpoint: each is answered, none is a 500, and nobody else notices.
import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import type { Latchkey } from '@latchkey/server'
import { createFakeProvider, type FakeProvider } from '@latchkey/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import { testClock } from '../support/clock.ts'
import { embedLatchkey } from '../support/embedded.ts'
import { type Fleet, startFleet } from '../support/fleet.ts'
import { spaOrigin, spaRedirectUri } from '../support/latchkey.ts'
import { serviceWithKey, serviceWithSecret } from '../support/service.ts'
import { startOf, travel } from '../support/spa.ts'

const issuer = 'http://127.0.0.1:1'
const spa = { issuer, clientId: 'web', redirectUri: spaRedirectUri, origin: spaOrigin }
const logs: string[] = []
const reports = serviceWithSecret('reports')
const keyed = serviceWithKey('keyed', () => issuer, Date.now)
let provider: FakeProvider
let latchkey: Latchkey

beforeAll(async () => {
  provider = await createFakeProvider()
  provider.autoApprove('user')
  const client = { redirect_uris: [spaRedirectUri], origins: [spaOrigin] }
  latchkey = await embedLatchkey(
    issuer,
    {
      clients: [
        { ...client, id: 'web' },
        { ...client, id: 'plain', dpop: 'off' },
        { ...client, id: 'link', allow_get_authorize: true },
        { ...client, id: 'confidential', secret: 's'.repeat(43), allow_get_authorize: true },
      ],
      services: [
        { id: reports.id, secret: reports.secret },
        { id: keyed.id, jwks: keyed.jwks },
      ],
      providers: { oidc: provider.oidc, posting: { ...provider.oidc, response_mode: 'form_post' } },
    },
    // The clock stands still, so that the server does not find that it is late: this is one turn of the event loop.
    { clock: testClock(), logs },
  )
})
afterAll(async () => {
  await latchkey?.close()
  await provider?.close()
})

const paths = [
  ...[
    '/authorize',
    '/authorize/choose',
    '/callback/oidc',
    '/callback/posting',
    '/callback/none',
    '/token',
    '/revoke',
    '/introspect',
    '/revocations',
  ],
  ...['/par', '/userinfo', '/providers', '/jwks', '/healthz', '/readyz', '/.well-known/openid-configuration'],
  ...[
    '/.well-known/oauth-authorization-server',
    '/',
    '/nothing',
    '/account',
    '/account/identities',
    '/account/sessions',
  ],
]
const names = [
  ...[
    'client_id',
    'redirect_uri',
    'response_type',
    'code_challenge',
    'code_challenge_method',
    'state',
    'scope',
  ],
  ...[
    'response_mode',
    'nonce',
    'dpop_jkt',
    'provider',
    'login_hint',
    'prompt',
    'max_age',
    'ui_locales',
    'resource',
  ],
  ...[
    'request',
    'request_uri',
    'invite',
    'intent',
    'code',
    'code_verifier',
    'grant_type',
    'refresh_token',
    'token',
  ],
  ...['client_secret', 'journey', 'form', 'iss', 'error', 'error_description', '__proto__', 'access_token'],
]
/** Right in some place or other, so that a request gets further than the first check. */
const plausible = [
  ...Object.values(startOf(spa).params),
  ...[
    'web',
    'plain',
    'link',
    'confidential',
    'oidc',
    'posting',
    'authorization_code',
    'refresh_token',
    'none',
    'link',
  ],
  ...[
    'x'.repeat(24),
    'A'.repeat(43),
    'v'.repeat(43),
    `1.ses_${'a'.repeat(24)}.0.${'A'.repeat(43)}`,
    '0',
    '-1',
    '1e9',
  ],
  ...[
    's'.repeat(43),
    randomBytes(60).toString('base64url'),
    'urn:ietf:params:oauth:request_uri:x',
    '__proto__',
    '',
  ],
]
const odd = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom(
    '%',
    '%00',
    '\u0000',
    '\ud800',
    '\r\nX: y',
    '../../etc/passwd',
    '<script>',
    "' or 1=1 --",
    'a'.repeat(5_000),
    '{{7*7}}',
  ),
)
const value = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...plausible) }, { weight: 1, arbitrary: odd })
const pairs = fc.array(
  fc.tuple(
    fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: odd }),
    value,
  ),
  {
    maxLength: 14,
  },
)
/** What a header may hold at all. */
const headerValue = fc.oneof(
  fc.constantFrom(...plausible),
  fc.string({
    unit: fc.integer({ min: 0x20, max: 0xff }).map((point) => String.fromCharCode(point)),
    maxLength: 60,
  }),
)
const jws = fc
  .tuple(
    fc.oneof(
      fc.json(),
      fc.constantFrom(
        '{"typ":"dpop+jwt","alg":"ES256","jwk":{}}',
        '{"typ":"at+jwt","alg":"ES256","kid":"x"}',
        '{}',
      ),
    ),
    fc.oneof(
      fc.json(),
      fc.constantFrom('{"jti":"x","htm":"POST","htu":"http://127.0.0.1:1/token","iat":1}', 'null'),
    ),
    fc.uint8Array({ maxLength: 70 }),
  )
  .map((parts) => parts.map((part) => Buffer.from(part).toString('base64url')).join('.'))
/** As they stand in Basic: some of them are no percent-encoding. */
const credentials = fc.tuple(
  fc.oneof(fc.constantFrom('web', 'confidential', '%', '%zz', 'a+b'), odd),
  fc.oneof(fc.constantFrom('s'.repeat(43), '%', '%E0%A4%A', ''), odd),
)
/** What proves something, or is meant to. */
const proving = {
  Cookie: fc.oneof(
    headerValue,
    fc.tuple(fc.constantFrom(...plausible), headerValue).map(([id, text]) => `latchkey-j-${id}=${text}`),
  ),
  DPoP: fc.oneof(headerValue, jws),
  Authorization: fc.oneof(
    fc
      .tuple(fc.constantFrom('Bearer', 'DPoP', 'Basic', 'basic', 'x'), fc.oneof(headerValue, jws))
      .map((parts) => parts.join(' ')),
    credentials.map((pair) => `Basic ${Buffer.from(pair.join(':')).toString('base64')}`),
  ),
  'User-Agent': headerValue,
}
const headers = fc.record(
  {
    ...proving,
    Origin: fc.constantFrom(spaOrigin, issuer, 'null', 'https://evil.example', ''),
    Accept: fc.constantFrom('text/html', 'application/json', '*/*', ''),
    'Content-Type': fc.oneof(
      fc.constant('application/x-www-form-urlencoded'),
      fc.constant('application/json'),
      headerValue,
    ),
    'If-None-Match': headerValue,
    'Sec-Fetch-Mode': fc.constantFrom('navigate', 'cors', 'x'),
    'Sec-Fetch-Dest': fc.constantFrom('document', 'iframe', 'empty', 'x'),
  },
  { requiredKeys: [] },
)
const trimmed = (all: Record<string, string>): Headers => {
  const fit = new Headers()
  for (const [name, text] of Object.entries(all)) fit.set(name, text.replaceAll(/[\0\r\n]/g, ' '))
  return fit
}
const encoded = (list: readonly (readonly [string, string])[]): string =>
  list
    .map(([name, text]) => [name, text].map((part) => encodeURIComponent(part.toWellFormed())).join('='))
    .join('&')

const requests = fc.record({
  method: fc.constantFrom('GET', 'POST', 'POST', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'),
  path: fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...paths) },
    { weight: 1, arbitrary: odd.map((text) => `/${encodeURIComponent(text.toWellFormed())}`) },
  ),
  query: pairs,
  body: fc.oneof(
    { weight: 5, arbitrary: pairs.map(encoded) },
    { weight: 1, arbitrary: odd },
    { weight: 1, arbitrary: fc.json() },
  ),
  headers,
})

async function wellFormed(response: Response): Promise<void> {
  const text = await response.text()
  expect(response.status).toBeGreaterThanOrEqual(200)
  expect(response.status, text).toBeLessThan(500)
  expect(response.headers.get('x-request-id')).toMatch(/^req_[\w-]+$/)
  const type = response.headers.get('content-type') ?? ''
  if (text === '') return
  if (type.startsWith('application/')) expect(typeof JSON.parse(text)).toBe('object')
  else expect(type).toBe('text/html; charset=utf-8')
  if (response.status >= 400 && type === 'application/json') {
    expect(JSON.parse(text)).toMatchObject({ error: expect.any(String), request_id: expect.any(String) })
  }
}

describe('X13 no input is a 500', () => {
  it('X13 S14 53 55 56 of any method, path, headers and body', async () => {
    await fc.assert(
      fc.asyncProperty(requests, async ({ method, path, query, body, headers: given }) => {
        const url = `${issuer}${path}${query.length > 0 ? `?${encoded(query)}` : ''}`
        const all = trimmed(given)
        if (method === 'POST' && !all.has('content-type'))
          all.set('Content-Type', 'application/x-www-form-urlencoded')
        const bodied = method !== 'GET' && method !== 'HEAD'
        await wellFormed(
          await latchkey.fetch(new Request(url, { method, headers: all, ...(bodied ? { body } : {}) })),
        )
      }),
      { numRuns: 2_500 },
    )
    expect(logs.filter((line) => line.includes('"level":"error"'))).toEqual([])
  })

  it('X13 nor of correct requests with one parameter changed, or one header more', async () => {
    const correct: [path: string, params: Record<string, string>][] = [
      ['/authorize', { ...startOf(spa).params, provider: 'oidc' }],
      ['/authorize/choose', { journey: randomBytes(200).toString('base64url'), provider: 'oidc' }],
      [
        '/token',
        {
          grant_type: 'authorization_code',
          client_id: 'plain',
          code: 'A'.repeat(43),
          code_verifier: 'v'.repeat(43),
        },
      ],
      [
        '/token',
        {
          grant_type: 'refresh_token',
          client_id: 'plain',
          refresh_token: `1.ses_${'a'.repeat(24)}.0.${'A'.repeat(43)}`,
        },
      ],
      ['/callback/posting', { state: 'x'.repeat(24), code: 'x' }],
      ['/par', { ...startOf(spa).params, provider: 'oidc' }],
      ['/revoke', { client_id: 'plain', token: 'x' }],
      ['/introspect', { ...reports.inBody, token: 'x' }],
      ['/introspect', { ...keyed.signed(), token: 'x' }],
      ['/revocations', { ...reports.inBody, cursor: '1.1.a', limit: '1' }],
      ['/token', { ...reports.inBody, grant_type: 'client_credentials' }],
    ]
    const change = fc.oneof(
      fc.record({ parameter: fc.nat(), text: value }),
      fc.record({ extra: fc.record(proving, { requiredKeys: [] }) }),
    )
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...correct), change, async ([path, params], changed) => {
        const sent = { ...params }
        const known = Object.keys(params)
        if ('parameter' in changed) sent[known[changed.parameter % known.length] ?? ''] = changed.text
        const all = trimmed('extra' in changed ? changed.extra : {})
        all.set('Origin', path === '/authorize/choose' ? issuer : spaOrigin)
        all.set('Content-Type', 'application/x-www-form-urlencoded')
        const body = encoded(Object.entries(sent))
        await wellFormed(
          await latchkey.fetch(new Request(`${issuer}${path}`, { method: 'POST', body, headers: all })),
        )
      }),
      { numRuns: 1_500 },
    )
    expect(logs.filter((line) => line.includes('"level":"error"'))).toEqual([])
  })
})

describe('X13 no bytes end the process', () => {
  let fleet: Fleet
  beforeAll(async () => {
    fleet = await startFleet(1, { providers: { oidc: provider.oidc } })
  })
  afterAll(() => fleet?.close())

  /** Writes and hangs up when the server does, or at once. */
  function send(bytes: string | Uint8Array, hangUp: boolean): Promise<string> {
    const [member] = fleet.members
    return new Promise((resolve) => {
      let answer = ''
      const socket = connect(Number(new URL(member?.url ?? '').port), '127.0.0.1', () => {
        socket.write(bytes, () => {
          if (hangUp) socket.destroy()
          else socket.end()
        })
      })
      socket.on('data', (chunk) => {
        answer += chunk.toString('latin1')
      })
      // A reset is how the server says that it has heard enough.
      socket.on('error', () => undefined)
      socket.on('close', () => resolve(answer))
    })
  }

  const post = (head: string, body: string) =>
    `POST /token HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n${head}\r\n\r\n${body}`
  const pieces: [name: string, bytes: string | Uint8Array, hangUp?: boolean][] = [
    ['nothing', '', true],
    ['noise', randomBytes(2_000)],
    ['a TLS greeting', Buffer.from('16030100a5010000a10303', 'hex')],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['half a request line', 'POST /tok', true],
    ['a method of nobody', 'BREW /token HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['headers without end', `GET /jwks HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(100_000)}`],
    ['a thousand headers', `GET /jwks HTTP/1.1\r\nHost: x\r\n${'A: b\r\n'.repeat(5_000)}\r\n`],
    [
      '60 kB of cookies',
      `GET /callback/oidc?state=${'x'.repeat(24)}&code=x HTTP/1.1\r\nHost: x\r\nCookie: ${'a=b; '.repeat(12_000)}\r\n\r\n`,
    ],
    ['a header with a NUL', 'GET /jwks HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n'],
    ['a folded header', 'GET /jwks HTTP/1.1\r\nHost: x\r\nX: a\r\n b\r\n\r\n'],
    ['a path of control characters', 'GET /\u0001\u0002 HTTP/1.1\r\nHost: x\r\n\r\n'],
    [
      'a path of bytes beyond ASCII',
      Buffer.from('474554202ffffe2f20485454502f312e310d0a486f73743a20780d0a0d0a', 'hex'),
    ],
    ['a broken percent', 'GET /callback/%zz?%=% HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a path of 20 kB', `GET /${'a/'.repeat(10_000)} HTTP/1.1\r\nHost: x\r\n\r\n`],
    ['a body that is cut off', post('Content-Length: 1000', 'grant_type='), true],
    ['a body that never comes', post('Content-Length: 1000', ''), true],
    ['a chunk that is cut off', post('Transfer-Encoding: chunked', '64\r\ngrant_'), true],
    ['a chunk size of nobody', post('Transfer-Encoding: chunked', 'zz\r\nx\r\n0\r\n\r\n')],
    [
      'X12 both lengths',
      post('Content-Length: 5\r\nTransfer-Encoding: chunked', '0\r\n\r\nGET /evil HTTP/1.1\r\n\r\n'),
    ],
    ['X12 two lengths', post('Content-Length: 5\r\nContent-Length: 6', 'a=b&cd')],
    ['a length below zero', post('Content-Length: -1', 'a')],
    ['a length beyond all numbers', post('Content-Length: 99999999999999999999', 'a'), true],
    [
      'chunks beyond the limit',
      post('Transfer-Encoding: chunked', `ffff\r\n${'a'.repeat(65_535)}\r\n0\r\n\r\n`),
    ],
    ['Expect', post('Content-Length: 3\r\nExpect: 200-maybe', 'a=b')],
    ['Upgrade', 'GET /jwks HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'],
    ['fifty requests at once', 'GET /jwks HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(50)],
    ['an answer that nobody waits for', 'GET /jwks HTTP/1.1\r\nHost: x\r\n\r\n', true],
  ]

  it.each(pieces)('X13 %s', async (_, bytes, hangUp = false) => {
    const [member] = fleet.members
    const pid = member?.pid
    const answers = await Promise.all([send(bytes, hangUp), send(bytes, true)])
    for (const answer of answers) {
      for (const [, status] of answer.matchAll(/(?:^|\n)HTTP\/1\.1 (\d{3}) /g)) {
        expect(Number(status)).toBeLessThan(500)
      }
    }
    expect((await fetch(`${member?.url}/healthz`)).status).toBe(200)
    expect([member?.alive, member?.pid]).toEqual([true, pid])
  })

  it('X13 after all that the same process signs somebody in, and has logged no error of its own', async () => {
    const trip = await travel(fleet.spa, createBrowser(), { provider: 'oidc' })
    expect(trip.answer.has('code')).toBe(true)
    const [member] = fleet.members
    expect(member?.logs.filter((line) => line.includes('"level":"error"'))).toEqual([])
  })
})

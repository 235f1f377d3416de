// Whatever stands in the headers is refused at once, by everybody alike, and the service goes on.
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assertRefusal, bearer, type Call, call, outcome } from './call.ts'
import { openRoom, type Room } from './room.ts'
import { type Framework, frameworks } from './service.ts'
import { encode, partsOf } from './signing.ts'
import { exchange } from './sockets.ts'

let room: Room
beforeAll(async () => {
  room = await openRoom()
})
afterAll(() => room.close())

const good = () => room.issuer.token()
const bound = () => room.issuer.token({ claims: { cnf: { jkt: room.device.jkt } } })
const latin1 = (text: string) => Buffer.from(text, 'latin1')
const header = (value: object | string) => encode(JSON.stringify(value))
const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`

/** What stands behind `Authorization: `, as bytes. */
const values: [name: string, make: (token: string) => Buffer][] = [
  ['53 a broken percent-encoding', () => latin1('Bearer %')],
  ['53 a percent-encoding that is no UTF-8', () => latin1('Bearer %E0%A4%A')],
  ['53 an encoded NUL', () => latin1('Bearer %00')],
  ['53 an encoded token', (t) => latin1(`Bearer ${encodeURIComponent(t).replaceAll('.', '%2E')}`)],
  ['55 100 KB', () => latin1(`Bearer ${'A'.repeat(100_000)}`)],
  ['55 100 KB of dots', () => latin1(`Bearer ${'.'.repeat(100_000)}`)],
  ['55 100 KB of blanks', () => latin1(`Bearer ${' '.repeat(100_000)}x`)],
  ['55 100 KB of blanks and commas', () => latin1(`Bearer ${', '.repeat(50_000)}x`)],
  ['55 100 KB for a scheme', () => latin1(`${'B'.repeat(100_000)} x`)],
  ['55 100 KB of commas', () => latin1(','.repeat(100_000))],
  ['55 100 KB that begin well', (t) => latin1(`Bearer ${t}${'A'.repeat(100_000)}`)],
  ['55 three segments of 30 KB', () => latin1(`Bearer ${Array(3).fill('A'.repeat(30_000)).join('.')}`)],
  [
    '55 a payload of 30 KB, signed',
    () => latin1(`Bearer ${room.issuer.token({ claims: { x: 'x'.repeat(30_000) } })}`),
  ],
  ['bytes that are no UTF-8', () => Buffer.concat([latin1('Bearer '), Buffer.of(0xc3, 0x28, 0xff, 0xfe)])],
  ['every byte from 128 on', () => Buffer.concat([latin1('Bearer '), Buffer.from(range(128, 256))])],
  ['an overlong slash', () => Buffer.concat([latin1('Bearer '), Buffer.of(0xc0, 0xaf)])],
  ['UTF-8', () => Buffer.from('Bearer ünïcödé.🔑.ключ')],
  ['a token and a no-break space', (t) => latin1(`Bearer ${t}\u00a0`)],
  ['a no-break space and a token', (t) => latin1(`Bearer \u00a0${t}`)],
  ['a no-break space for the blank', (t) => latin1(`Bearer\u00a0${t}`)],
  ['a token and a byte order mark', (t) => Buffer.from(`Bearer ${t}\ufeff`)],
  ['a NUL', () => latin1('Bearer a\0b')],
  ['a token and a NUL', (t) => latin1(`Bearer ${t}\0`)],
  ['a bell', () => latin1('Bearer \u0007')],
  ['a DEL', () => latin1('Bearer \u007f')],
  ['a lone carriage return', (t) => latin1(`Bearer x\rAuthorization: Bearer ${t}`)],
  ['a folded line', (t) => latin1(`Bearer\r\n ${t}`)],
  ['nothing', () => latin1('')],
  ['a blank', () => latin1(' ')],
  ['a scheme alone', () => latin1('Bearer')],
  ['a scheme and blanks', () => latin1('Bearer   ')],
  ['DPoP alone', () => latin1('DPoP')],
  ['a dot', () => latin1('Bearer .')],
  ['two dots', () => latin1('Bearer ..')],
  ['three dots', () => latin1('Bearer ...')],
  ['an empty header', (t) => latin1(`Bearer .${partsOf(t).payload}.${partsOf(t).signature}`)],
  ['an empty payload', (t) => latin1(`Bearer ${partsOf(t).header}..${partsOf(t).signature}`)],
  ['an empty signature', (t) => latin1(`Bearer ${partsOf(t).header}.${partsOf(t).payload}.`)],
  ['no signature', (t) => latin1(`Bearer ${partsOf(t).header}.${partsOf(t).payload}`)],
  ['only a signature', (t) => latin1(`Bearer ..${partsOf(t).signature}`)],
  ['four segments', (t) => latin1(`Bearer ${t}.`)],
  ['five segments', (t) => latin1(`Bearer ${t}..`)],
  ['segments in another order', (t) => latin1(`Bearer ${t.split('.').reverse().join('.')}`)],
  ['null', () => latin1('Bearer null')],
  ['undefined', () => latin1('Bearer undefined')],
  ['[object Object]', () => latin1('Bearer [object Object]')],
  ['true', () => latin1('Bearer true')],
  ['{}', () => latin1('Bearer {}')],
  ['a header that is no base64', (t) => latin1(`Bearer !!!!.${partsOf(t).payload}.${partsOf(t).signature}`)],
  ['a header that is no JSON', (t) => latin1(`Bearer ${encode('{')}.${partsOf(t).payload}.x`)],
  [
    'a header that is no UTF-8',
    (t) => latin1(`Bearer ${encode(Buffer.of(0x7b, 0xff, 0x7d))}.${partsOf(t).payload}.x`),
  ],
  ['a header with a byte order mark', () => latin1(`Bearer ${encode('\ufeff{"typ":"at+jwt"}')}.e30.x`)],
  ['a header that is null', () => latin1(`Bearer ${encode('null')}.e30.AA`)],
  ['a header that is a number', () => latin1(`Bearer ${encode('1e999')}.e30.AA`)],
  ['a header that is 2,500 lists deep', () => latin1(`Bearer ${encode(deep(2_500))}.e30.AA`)],
  ['a header with 2,500 lists in it', () => latin1(`Bearer ${encode(`{"typ":${deep(2_500)}}`)}.e30.AA`)],
  [
    'a header full of one name',
    () => latin1(`Bearer ${encode(`{${'"alg":"none",'.repeat(300)}"alg":1}`)}.e30.AA`),
  ],
  [
    'X12 __proto__ in the header',
    () => latin1(`Bearer ${encode('{"__proto__":{"typ":"at+jwt","alg":"ES256"}}')}.e30.AA`),
  ],
  [
    'X12 toString in the header',
    () => latin1(`Bearer ${header({ typ: 'at+jwt', alg: 'ES256', kid: { toString: 1 } })}.e30.AA`),
  ],
  ['a quoted token', (t) => latin1(`Bearer "${t}"`)],
  ['a token with a name', (t) => latin1(`Bearer token="${t}"`)],
  ['a token in angle brackets', (t) => latin1(`Bearer <${t}>`)],
  ['a token and a word', (t) => latin1(`Bearer ${t} x`)],
  ['the scheme twice', (t) => latin1(`Bearer Bearer ${t}`)],
  ['a comma for the blank', (t) => latin1(`Bearer,${t}`)],
  ['a token and a comma', (t) => latin1(`Bearer ${t},`)],
  ['a semicolon behind', (t) => latin1(`Bearer ${t};`)],
  ['SQL', () => latin1("Bearer ' OR '1'='1")],
  ['a template', () => latin1(`Bearer $\{jndi:ldap://127.0.0.1:1/x}{{7*7}}`)],
  ['markup', () => latin1('Bearer <script>alert(1)</script>')],
  ['a path', () => latin1('Bearer ../../../../etc/passwd')],
  ['Digest', () => latin1('Digest username="x", realm="y", nonce="z", uri="/", response="r"')],
  ['Negotiate', () => latin1('Negotiate YIIJvwYGKwYBBQUCoIIJszCCCa')],
]

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, at) => from + at)

/** Sends the bytes and asserts that they were refused: by the verifier, or by Node, which takes no control characters. */
async function assertRefused(framework: Framework, name: string, value: Buffer, more = ''): Promise<void> {
  const service = room.services[framework]
  const before = service.handled()
  const bytes = [
    latin1(`GET /reports HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${more}${name}: `),
    ...[value, latin1('\r\n\r\n')],
  ]
  const [head = '', ...body] = (await exchange(service.port, Buffer.concat(bytes))).split('\r\n\r\n')
  expect(head).toMatch(/^HTTP\/1\.1 40[01] /)
  expect(service.handled(), 'a handler ran').toBe(before)
  if (/\r\nwww-authenticate:/i.test(head)) {
    expect(head).toMatch(/\r\ncontent-type: application\/json/i)
    expect(body.join('')).toMatch(
      /"error":"(?:missing_token|invalid_token|invalid_request|invalid_dpop_proof)"/,
    )
  } else {
    expect(head).toMatch(/^HTTP\/1\.1 400 Bad Request/)
  }
}

describe.each(frameworks)('S14 on %s', (framework) => {
  it.each(values)('S14 Authorization: %s', async (_, make) => {
    await assertRefused(framework, 'Authorization', make(good()))
  })

  it.each(values)('S14 DPoP: %s', async (_, make) => {
    await assertRefused(framework, 'DPoP', make(bound()), `Authorization: DPoP ${bound()}\r\n`)
  })

  it('S14 53 55 lives on, and lets in whom it should', async () => {
    for (const value of ['Bearer %', `Bearer ${'A'.repeat(100_000)}`]) {
      await assertRefused(framework, 'Authorization', latin1(value))
    }
    expect(await outcome(room.services[framework], bearer(good()))).toBe('200')
  })

  it('S14 many headers', async () => {
    const many = Array.from({ length: 500 }, (_, at): [string, string] => [`X-${at}`, 'x'])
    const what: Call = { headers: [...many, ['Authorization', 'Bearer x'], ['DPoP', 'x']] }
    expect(await outcome(room.services[framework], what)).toBe('401 invalid_token')
    expect(await outcome(room.services[framework], { headers: many })).toBe('401 missing_token')
  })

  it('S14 a request that is cut off in the middle of the header leaves nothing behind', async () => {
    const { port } = room.services[framework]
    const half = latin1(
      `GET /reports HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${good().slice(0, 50)}`,
    )
    expect(await exchange(port, half, { hangUp: true })).toMatch(/^(?:HTTP\/1\.1 400 |$)/)
    expect(await outcome(room.services[framework], bearer(good()))).toBe('200')
  })

  it('S14 a token of which anything was changed', async () => {
    const token = good()
    const change = fc.record({
      at: fc.nat(token.length - 1),
      remove: fc.nat(3),
      insert: fc.string({
        unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
        maxLength: 3,
      }),
    })
    await fc.assert(
      fc.asyncProperty(change, async ({ at, remove, insert }) => {
        const changed = token.slice(0, at) + insert + token.slice(at + remove)
        fc.pre(changed !== token)
        const what = bearer(changed)
        const reply = await call(room.services[framework], what)
        expect(['400 invalid_request', '401 invalid_token']).toContain(assertRefusal(reply, what))
      }),
      { numRuns: 150, seed: 14 },
    )
  })

  it('S14 a proof of which anything was changed', async () => {
    const token = bound()
    const right = await room.device.proof({
      htm: 'GET',
      htu: 'https://reports.example.com/reports',
      accessToken: token,
    })
    await fc.assert(
      fc.asyncProperty(
        fc.nat(right.length - 1),
        fc.constantFrom('', 'A', '_', '.', '='),
        async (at, other) => {
          const changed = right.slice(0, at) + other + right.slice(at + 1)
          fc.pre(changed !== right)
          const what: Call = {
            headers: [
              ['Authorization', `DPoP ${token}`],
              ['DPoP', changed],
            ],
          }
          // A changed key has another thumbprint: then the token is bound to another key.
          expect(['401 invalid_dpop_proof', '401 invalid_token']).toContain(
            await outcome(room.services[framework], what),
          )
        },
      ),
      { numRuns: 100, seed: 14 },
    )
  })
})

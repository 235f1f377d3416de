import {
  type AnswerFault,
  createFakeProvider,
  type FakeProvider,
  type FaultPoint,
  faultTable,
  json,
  withoutClaims,
} from '@latchkey/testing'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { countRows, reasonLogged, visits } from './evidence.ts'
import { hostileProvider } from './hostile-provider.ts'
import { expectNoSecretLogged } from './leaks.ts'
import { createLyingServer, type LieRow, type LyingServer, lies } from './lying-server.ts'
import { openRoom, type Room, takeTrip, terse } from './room.ts'

type SlowPoint = Exclude<FaultPoint, 'authorize' | 'id_token'>
interface SlowRow {
  id: string
  kind: 'oidc' | 'oauth2'
  point: SlowPoint
  name: 'hang' | 'slow'
}

const points: readonly SlowPoint[] = ['discovery', 'token', 'jwks', 'userinfo']
/** The rows of the table that take the server's whole patience, over both protocols. */
const slowRows = points.flatMap((point) =>
  (['hang', 'slow'] as const).flatMap((name): SlowRow[] => {
    const plain = point === 'token' || point === 'userinfo'
    const kinds = plain ? (['oidc', 'oauth2'] as const) : (['oidc'] as const)
    return kinds.map((kind) => ({ id: `${kind}-${point}-${name}`, kind, point, name }))
  }),
)

describe('providers that take their time, all at once', () => {
  let room: Room
  const providers = new Map<string, FakeProvider>()
  const lying = new Map<string, { server: LyingServer; row: LieRow }>()
  const hungUp = new Set<string>()

  /** The named fault, told on when the server has hung up on it. */
  const observed =
    (id: string, fault: AnswerFault): AnswerFault =>
    (answer, context) => {
      context.signal().addEventListener('abort', () => hungUp.add(id))
      return fault(answer, context)
    }

  beforeAll(async () => {
    for (const { id, point, name } of slowRows) {
      const provider = await createFakeProvider({ autoApprove: 'user', algorithm: 'ES256' })
      provider.faults.always('id_token', terse)
      provider.faults.always(point, observed(id, faultTable[point][name].fault))
      providers.set(id, provider)
    }
    for (const [index, row] of lies.entries()) {
      lying.set(`lie-${index}`, { server: await createLyingServer(row.lie), row })
    }
    room = await openRoom({
      configure: ({ hostile, steady }) => ({
        providers: {
          other: steady.oidc,
          ...Object.fromEntries(
            slowRows.map(({ id, kind }) => [id, providers.get(id)?.[kind] ?? hostile.oidc]),
          ),
          ...Object.fromEntries(
            [...lying].map(([id, { server }]) => [
              id,
              { ...hostile.oauth2, token_endpoint: `${server.origin}/token` },
            ]),
          ),
        },
      }),
    })
  })
  afterAll(async () => {
    await room?.close()
    for (const provider of providers.values()) await provider.close()
    for (const { server } of lying.values()) await server.close()
  })

  it('R26 end in mapped errors, hold up nobody else, and are hung up on', async () => {
    const before = countRows(room)
    let over = 0
    const under = (id: string) => takeTrip(room, id).finally(() => over++)
    const slowIds = slowRows.map(({ id }) => id)
    const waits = [...lying].flatMap(([id, { row }]) => (row.reason === 'timeout' ? [id] : []))
    const trips = [...slowIds, ...waits].map((id) => under(id))

    // Whoever comes meanwhile to another provider is in and out before the first of them is given up.
    const meanwhile = await takeTrip(room, 'other')
    expect([meanwhile.ending, over]).toEqual(['code', 0])
    const after = countRows(room)

    for (const { ending, requestId, params } of await Promise.all(trips)) {
      const logged = reasonLogged(room, requestId)
      expect([params.provider, ending, logged]).toEqual([
        params.provider,
        'temporarily_unavailable',
        'timeout',
      ])
    }
    expect(countRows(room)).toEqual(after)
    expect(after.codes).toBe(before.codes + 1)
    for (const id of waits) await lying.get(id)?.server.letGo()
    for (const [id, provider] of providers) {
      const seen = visits(provider)
      expect(
        [seen.token ?? 0, seen.userinfo ?? 0].every((count) => count <= 1),
        id,
      ).toBe(true)
      expect(seen.elsewhere, id).toBeUndefined()
    }
    await expect.poll(() => [...hungUp].sort()).toEqual([...slowIds].sort())
  })

  it.each([...lies.entries()].filter(([, { reason }]) => reason !== 'timeout'))(
    'R26 X13 a token endpoint that lies (%i) $does',
    async (index, row) => {
      const id = `lie-${index}`
      const { server } = lying.get(id) ?? {}
      if (server === undefined) throw new Error('no server')
      const before = countRows(room)
      const { ending, requestId } = await takeTrip(room, id)
      expect([ending, reasonLogged(room, requestId)], row.does).toEqual([row.ends, row.reason])
      await server.letGo()
      // Nothing is sent twice: the code may have been taken.
      expect(server.connections()).toBe(1)
      if (row.mostBytes !== undefined) expect(server.bytesSent()).toBeLessThanOrEqual(row.mostBytes)
      expect(countRows(room)).toEqual(before)
      expect((await takeTrip(room, 'other')).ending).toBe('code')
    },
  )

  it('R26 the table leaves these rows to this file', () => {
    const left = Object.entries(hostileProvider).flatMap(([point, rows]) =>
      Object.entries(rows).flatMap(([name, { slow }]) => (slow === true ? [`${point} ${name}`] : [])),
    )
    expect(left.sort()).toEqual([...new Set(slowRows.map(({ point, name }) => `${point} ${name}`))].sort())
  })

  it('X06 leave no secret in the log', () => expectNoSecretLogged(room))
})

describe('a provider that is out', () => {
  let room: Room
  beforeAll(async () => {
    room = await openRoom()
  })
  beforeEach(() => {
    room.fresh()
    room.clock.advance(60_000)
  })
  afterEach(async () => {
    room.hostile.faults.clear()
    room.clock.advance(60_000)
    await takeTrip(room, 'oidc')
  })
  afterAll(() => room?.close())

  it.each(['reset', 'http-503', 'html-502'] as const)(
    'R26 is not asked any more after five outages (%s), until a probe finds it back',
    async (fault) => {
      const { hostile, clock } = room
      expect((await takeTrip(room, 'oidc')).ending).toBe('code')
      hostile.requests.clear()
      hostile.faults.always('token', fault)
      const reasons = []
      for (let count = 0; count < 8; count++) {
        const { ending, requestId } = await takeTrip(room, 'oidc')
        expect(ending).toBe('temporarily_unavailable')
        reasons.push(reasonLogged(room, requestId))
      }
      expect(hostile.requests.to('token')).toHaveLength(5)
      expect(reasons.slice(5)).toEqual(['breaker_open', 'breaker_open', 'breaker_open'])
      // The same host, and another provider of ours: each stands for itself.
      expect((await takeTrip(room, 'other')).ending).toBe('code')

      clock.advance(2_000)
      expect((await takeTrip(room, 'oidc')).ending).toBe('temporarily_unavailable')
      expect(hostile.requests.to('token')).toHaveLength(6)
      hostile.faults.clear()
      expect((await takeTrip(room, 'oidc')).ending).toBe('temporarily_unavailable')
      expect(hostile.requests.to('token')).toHaveLength(6)
      clock.advance(4_000)
      expect((await takeTrip(room, 'oidc')).ending).toBe('code')
    },
  )

  it('R26 cannot be put out by made-up codes: a 500 to each of them counts for nothing', async () => {
    room.hostile.faults.always('token', 'http-500')
    for (let count = 0; count < 12; count++) await takeTrip(room, 'oidc')
    room.hostile.faults.clear()
    expect((await takeTrip(room, 'oidc')).ending).toBe('code')
  })
})

describe('a provider that sends too much', () => {
  let room: Room
  beforeAll(async () => {
    room = await openRoom()
  })
  beforeEach(() => {
    room.fresh()
    room.clock.advance(25 * 3_600_000)
  })
  afterAll(() => room?.close())

  /** JSON that goes on for as long as anybody takes it; how much was taken. */
  function endless() {
    const taken = { bytes: 0, stopped: false }
    const block = new TextEncoder().encode('a'.repeat(64 * 1024))
    const body = () =>
      new ReadableStream<Uint8Array>(
        {
          start: (controller) => controller.enqueue(new TextEncoder().encode('{"keys":[],"padding":"')),
          pull: (controller) => {
            taken.bytes += block.length
            controller.enqueue(block)
          },
          cancel: () => {
            taken.stopped = true
          },
        },
        { highWaterMark: 0 },
      )
    const fault: AnswerFault = () => new Response(body(), { headers: { 'content-type': 'application/json' } })
    return { taken, fault }
  }

  it.each(points)('R26 is not listened to for ever: %s', async (point) => {
    const { taken, fault } = endless()
    room.hostile.faults.always('id_token', terse)
    room.hostile.faults.always(point, fault)
    const before = countRows(room)
    const { ending, requestId } = await takeTrip(room, 'oidc')
    expect([ending, reasonLogged(room, requestId)]).toEqual(['provider_error', 'too_large'])
    expect(countRows(room)).toEqual(before)
    await expect.poll(() => taken.stopped).toBe(true)
    // 1 MiB is read; the rest is what the system holds on the way.
    expect(taken.bytes).toBeLessThanOrEqual(16 * 1024 * 1024)
  })

  it.each<[string, AnswerFault, string]>([
    [
      '10,000 keys',
      () => json({ keys: Array.from({ length: 10_000 }, (_, kid) => ({ kty: 'RSA', kid })) }),
      'jwks_malformed',
    ],
    [
      'keys of 100 kinds',
      () => json({ keys: Array.from({ length: 100 }, (_, kid) => ({ kty: `X${kid}` })) }),
      'id_token_key',
    ],
    ['keys that are no objects', () => json({ keys: [null, 1, 'x', [], true] }), 'id_token_key'],
    ['keys that are an object', () => json({ keys: { 0: {} } }), 'jwks_malformed'],
    [
      'an RSA key of 512 bits',
      () => json({ keys: [{ kty: 'RSA', n: 'x'.repeat(86), e: 'AQAB' }] }),
      'id_token_key',
    ],
    [
      'an RSA key of 100,000 bits',
      () => json({ keys: [{ kty: 'RSA', n: 'x'.repeat(16_666), e: 'AQAB' }] }),
      'id_token_key',
    ],
  ])('R26 R09 X13 a key set with %s', async (_, fault, reason) => {
    room.hostile.faults.always('jwks', fault)
    room.hostile.faults.always('id_token', (draft) => ({
      ...draft,
      header: { ...draft.header, kid: undefined },
    }))
    const { ending, requestId } = await takeTrip(room, 'oidc')
    expect([ending, reasonLogged(room, requestId)]).toEqual(['provider_error', reason])
    room.fresh()
    room.clock.advance(30_000)
    expect((await takeTrip(room, 'oidc')).ending).toBe('code')
  })

  it.each<[string, Record<string, unknown>]>([
    ['__proto__', JSON.parse('{"__proto__":{"sub":"admin","email_verified":true}}')],
    ['constructor and toString', { constructor: 'x', toString: 'x', hasOwnProperty: 'x' }],
    ['a name of 100 KB', { name: 'n'.repeat(100_000) }],
    ['a picture that is a script', { picture: 'javascript:alert(1)' }],
    ['numbers where texts should be', { name: 1, email: 2, picture: 3, preferred_username: 4 }],
    ['half characters and line breaks', { name: 'x\ud800\r\ny\u202e', email: 'a\n@b' }],
  ])('R26 X12 X13 claims with %s let the person in as who they are', async (_, members) => {
    const odd: AnswerFault = async (answer) => {
      const whole = await answer()
      return { ...whole, members: { ...whole.members, ...members } }
    }
    room.hostile.faults.always('id_token', withoutClaims('email', 'name', 'preferred_username'))
    room.hostile.faults.always('userinfo', odd)
    for (const kind of ['oidc', 'plain']) expect((await takeTrip(room, kind)).ending).toBe('code')
  })
})

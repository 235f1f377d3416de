import { type AnswerFault, createFakeProvider, type FakeProvider, faultTable } from '@latchkey/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countRows, reasonLogged, visits } from './evidence.ts'
import { hostileProvider, type JourneyPoint } from './hostile-provider.ts'
import { expectNoSecretLogged } from './leaks.ts'
import { createLyingServer, type LieRow, type LyingServer, lies } from './lying-server.ts'
import { openRoom, type Room, takeTrip, terse } from './room.ts'

type SlowPoint = Exclude<JourneyPoint, 'authorize' | 'id_token'>
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
    const before = await countRows(room)
    let over = 0
    const under = (id: string) => takeTrip(room, id).finally(() => over++)
    const slowIds = slowRows.map(({ id }) => id)
    const waits = [...lying].flatMap(([id, { row }]) => (row.reason === 'timeout' ? [id] : []))
    const trips = [...slowIds, ...waits].map((id) => under(id))

    // Whoever comes meanwhile to another provider is in and out before the first of them is given up.
    const meanwhile = await takeTrip(room, 'other')
    expect([meanwhile.ending, over]).toEqual(['code', 0])
    const after = await countRows(room)

    for (const { ending, requestId, params } of await Promise.all(trips)) {
      const logged = reasonLogged(room, requestId)
      expect([params.provider, ending, logged]).toEqual([
        params.provider,
        'temporarily_unavailable',
        'timeout',
      ])
    }
    expect(await countRows(room)).toEqual(after)
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

  const atOnce = [...lies.entries()].flatMap(([index, row]): [string, number, LieRow][] =>
    row.reason === 'timeout' ? [] : [[row.does, index, row]],
  )
  it.each(atOnce)('R26 X13 a token endpoint that %s', async (_, index, row) => {
    const id = `lie-${index}`
    const { server } = lying.get(id) ?? {}
    if (server === undefined) throw new Error('no server')
    const before = await countRows(room)
    const { ending, requestId } = await takeTrip(room, id)
    expect([ending, reasonLogged(room, requestId)], row.does).toEqual([row.ends, row.reason])
    await server.letGo()
    // Nothing is sent twice: the code may have been taken.
    expect(server.connections()).toBe(1)
    if (row.mostBytes !== undefined) expect(server.bytesSent()).toBeLessThanOrEqual(row.mostBytes)
    expect(await countRows(room)).toEqual(before)
    expect((await takeTrip(room, 'other')).ending).toBe('code')
  })

  it('R26 the table leaves these rows to this file', () => {
    const left = Object.entries(hostileProvider).flatMap(([point, rows]) =>
      Object.entries(rows).flatMap(([name, { slow }]) => (slow === true ? [`${point} ${name}`] : [])),
    )
    expect(left.sort()).toEqual([...new Set(slowRows.map(({ point, name }) => `${point} ${name}`))].sort())
  })

  it('X06 leave no secret in the log', () => expectNoSecretLogged(room))
})

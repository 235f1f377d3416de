import { type AnswerFault, json, withoutClaims } from '@latchkey/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { countRows, reasonLogged } from './evidence.ts'
import { expectNoSecretLogged } from './leaks.ts'
import { openRoom, type Room, takeTrip, terse } from './room.ts'

const points = ['discovery', 'token', 'jwks', 'userinfo'] as const

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
    const before = await countRows(room)
    const { ending, requestId } = await takeTrip(room, 'oidc')
    expect([ending, reasonLogged(room, requestId)]).toEqual(['provider_error', 'too_large'])
    expect(await countRows(room)).toEqual(before)
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

  it('X06 leaves no secret in the log', () => expectNoSecretLogged(room))
})

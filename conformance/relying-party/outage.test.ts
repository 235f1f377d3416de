import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { reasonLogged } from './evidence.ts'
import { expectNoSecretLogged } from './leaks.ts'
import { openRoom, type Room, takeTrip } from './room.ts'

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

  it('X06 leaves no secret in the log', () => expectNoSecretLogged(room))
})

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createClock, start } from '../verify.fixture.ts'
import { createReplayCache } from './replay.ts'

const at = (seconds: number) => (start + seconds) * 1000

describe('S10 A41 replay cache', () => {
  test('takes each identifier of a key once', () => {
    const cache = createReplayCache({ clock: createClock() })
    expect(cache.firstUse('key', 'a', at(60))).toBe(true)
    expect(cache.firstUse('key', 'a', at(60))).toBe(false)
    expect(cache.firstUse('key', 'b', at(60))).toBe(true)
    expect(cache.firstUse('other', 'a', at(60))).toBe(true)
  })

  test('the same identifier in another proof of the key, a second later, is a second use', () => {
    const clock = createClock()
    const cache = createReplayCache({ clock })
    expect(cache.firstUse('key', 'a', at(60))).toBe(true)
    clock.advance(30)
    expect(cache.firstUse('key', 'a', at(90))).toBe(false)
  })

  test('remembers to the last millisecond', () => {
    const clock = createClock()
    const cache = createReplayCache({ clock })
    const expiresAt = at(60) + 1
    expect(cache.firstUse('key', 'a', expiresAt)).toBe(true)
    clock.set(expiresAt / 1000 - 0.001)
    expect(clock.now()).toBe(expiresAt - 1)
    expect(cache.firstUse('key', 'a', expiresAt)).toBe(false)
    clock.set(expiresAt / 1000)
    expect(cache.firstUse('key', 'a', expiresAt)).toBe(false)
  })

  test('refuses what has expired, and times that are none', () => {
    const cache = createReplayCache({ clock: createClock() })
    for (const expiresAt of [at(0), at(-1), Number.NaN, Number.NEGATIVE_INFINITY]) {
      expect(cache.firstUse('key', 'a', expiresAt)).toBe(false)
    }
    expect(cache.firstUse('key', 'a', at(0) + 1)).toBe(true)
  })

  test('forgets what has expired, so that there is room again', () => {
    const clock = createClock()
    const cache = createReplayCache({ clock, maxEntries: 3 })
    for (let round = 0; round < 50; round++) {
      for (const jti of ['a', 'b', 'c'])
        expect(cache.firstUse('key', `${jti}${round}`, clock.now() + 60_000)).toBe(true)
      clock.advance(70)
    }
  })

  test('full: proofs that expire first are refused from then on, the freshest are still taken', () => {
    const clock = createClock()
    const cache = createReplayCache({ clock, maxEntries: 2 })
    expect(cache.firstUse('key', 'late', at(10))).toBe(true)
    expect(cache.firstUse('key', 'b', at(60))).toBe(true)
    expect(cache.firstUse('key', 'c', at(60))).toBe(true)
    expect(cache.firstUse('key', 'late', at(10))).toBe(false)
    expect(cache.firstUse('key', 'never seen, as late', at(10))).toBe(false)
    expect(cache.firstUse('key', 'b', at(60))).toBe(false)
    expect(cache.firstUse('key', 'c', at(60))).toBe(false)
  })

  test('full of one moment: nothing of that moment is taken any more, what comes later is', () => {
    const cache = createReplayCache({ clock: createClock(), maxEntries: 2 })
    expect(cache.firstUse('key', 'a', at(60))).toBe(true)
    expect(cache.firstUse('key', 'b', at(60))).toBe(true)
    expect(cache.firstUse('key', 'c', at(60))).toBe(false)
    expect(cache.firstUse('key', 'a', at(60))).toBe(false)
    expect(cache.firstUse('key', 'd', at(70))).toBe(true)
  })

  test('model: no proof is taken twice, whatever the load and the clock', () => {
    const step = fc.record({
      jti: fc.nat(12).map(String),
      life: fc.integer({ min: -5_000, max: 120_000 }),
      wait: fc.oneof(fc.constant(0), fc.integer({ min: -3_000, max: 40_000 })),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 150 }), fc.integer({ min: 1, max: 8 }), (steps, maxEntries) => {
        let now = at(0)
        const cache = createReplayCache({ clock: { now: () => now }, maxEntries })
        const taken = new Map<string, number>()
        for (const { jti, life, wait } of steps) {
          now += wait
          const expiresAt = now + life
          const before = taken.get(jti)
          const first = cache.firstUse('key', jti, expiresAt)
          // What has expired is never taken; and whoever has an earlier proof cannot have it taken again while it is valid.
          expect(first && (life <= 0 || (before !== undefined && cache.firstUse('key', jti, before)))).toBe(
            false,
          )
          if (first) taken.set(jti, Math.max(before ?? 0, expiresAt))
          for (const [known, until] of taken) expect(cache.firstUse('key', known, until)).toBe(false)
        }
      }),
    )
  })

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'S15 maxEntries %d is refused',
    (maxEntries) => {
      expect(() => createReplayCache({ clock: createClock(), maxEntries })).toThrow(RangeError)
    },
  )
})

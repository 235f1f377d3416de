import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fractionOf, freshnessOf } from './freshness.ts'

const at = (id: string, expiresAt: number | undefined, now: number) =>
  freshnessOf({ id, obtainedAt: 0, ...(expiresAt === undefined ? {} : { expiresAt }) }, now)

describe('how fresh a token is', () => {
  it.each([
    ['an hour, at first', 3_600_000, 0, 'fresh'],
    ['an hour, 2 min and a bit before its end', 3_600_000, 3_600_000 - 120_001, 'fresh'],
    ['an hour, 60 s before its end', 3_600_000, 3_540_000, 'short'],
    ['an hour, 1 ms before its end', 3_600_000, 3_599_999, 'short'],
    ['an hour, at its end', 3_600_000, 3_600_000, 'over'],
    ['a minute, at first', 60_000, 0, 'fresh'],
    ['a minute, at half of it', 60_000, 30_000, 'short'],
    ['no known end, after ten years', undefined, 315_360_000_000, 'fresh'],
    ['reported as over in the moment it came', 0, 0, 'over'],
    ['an end before it came', -1, 0, 'over'],
  ])('%s', (_, expiresAt, now, expected) => {
    expect(at('con_1', expiresAt, now)).toBe(expected)
  })

  it('ages from a moment of its own on, within a minute or a quarter of its life before it is short', () => {
    const ids = fc.string({ minLength: 1 })
    fc.assert(
      fc.property(ids, fc.integer({ min: 1_000, max: 10_000_000 }), fc.nat(10_000_000), (id, life, now) => {
        const freshness = at(id, life, now)
        const promised = life - Math.min(60_000, life / 2)
        const earliest = promised - Math.min(60_000, life / 4)
        if (freshness === 'fresh') expect(now).toBeLessThan(promised)
        if (freshness === 'ageing') expect(now >= earliest && now < promised).toBe(true)
        if (now < earliest) expect(freshness).toBe('fresh')
      }),
    )
    const moments = ['con_1', 'con_2', 'con_3', 'con_4'].map((id) =>
      Array.from({ length: 60 }, (_, second) => at(id, 3_600_000, 3_480_000 + second * 1000)).indexOf(
        'ageing',
      ),
    )
    expect(new Set(moments).size).toBe(4)
  })

  it('spreads evenly', () => {
    const buckets = Array.from({ length: 10 }, () => 0)
    for (let index = 0; index < 10_000; index++) {
      const bucket = Math.floor(fractionOf(`con_${index}`) * 10)
      buckets[bucket] = (buckets[bucket] ?? 0) + 1
    }
    for (const count of buckets) expect(count).toBeGreaterThan(800)
  })
})
